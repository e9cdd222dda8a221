// Two panels, one for each provider. Latchkey knows what is connected; this page only asks.
import { describeOutcome } from "./describe.js";
import { element, find } from "./element.js";
import { listIssues } from "./issues.js";
import { latchkey, takeOutcome } from "./latchkey.js";
import { createPanel } from "./panel.js";
import { listPullRequests } from "./pull-requests.js";

const notice = find("#notice");

const panels = {
  bitbucket: createPanel({
    provider: "bitbucket",
    things: "pull requests",
    list: listPullRequests,
    onEnd: finish,
    tell,
  }),
  jira: createPanel({
    provider: "jira",
    things: "issues",
    list: listIssues,
    onEnd: finish,
    tell,
  }),
};

let latestReading = 0;

latchkey.onChange(() => void readConnections());
const end = takeOutcome();
if (end === null) void readConnections();
else void finish(end);

/** Reads what is connected. The answer to a reading that was overtaken is dropped. */
async function readConnections() {
  latestReading += 1;
  const reading = latestReading;
  try {
    const connections = await latchkey.connections();
    if (reading !== latestReading) return;
    for (const connection of connections) panels[connection.provider].show(connection);
  } catch (error) {
    if (reading !== latestReading) return;
    for (const panel of Object.values(panels)) panel.fail(error, () => void readConnections());
  }
}

/** Tells how connecting ended. @param {import("latchkey/client").Outcome} outcome */
async function finish(outcome) {
  await readConnections();
  tell(describeOutcome(outcome));
}

/** @param {string} text @param {Node[]} more */
function tell(text, ...more) {
  notice.replaceChildren(element("p", {}, text, ...more));
}

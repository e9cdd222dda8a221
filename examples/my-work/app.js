// Two panels, one for each provider. Latchkey knows what is connected; this page only asks.
import { describeOutcome } from "./describe.js";
import { find } from "./element.js";
import { listIssues } from "./issues.js";
import { latchkey, takeOutcome } from "./latchkey.js";
import { createPanel } from "./panel.js";
import { listPullRequests } from "./pull-requests.js";

const notice = find("#notice");

const page = { reread, finish, say };
const panels = {
  bitbucket: createPanel("bitbucket", "pull requests", listPullRequests, page),
  jira: createPanel("jira", "issues", listIssues, page),
};

/** @type {readonly import("latchkey/client").Connection[]} */
let connections = [];
let latestReading = 0;

latchkey.onChange(() => void reread());
const end = takeOutcome();
void (end === null ? reread() : finish(end));

/** Reads what is connected. The answer to a reading that was overtaken is dropped. */
async function reread() {
  latestReading += 1;
  const reading = latestReading;
  try {
    const read = await latchkey.connections();
    if (reading !== latestReading) return;
    connections = read;
    for (const connection of connections) panels[connection.provider].show(connection);
  } catch (error) {
    if (reading !== latestReading) return;
    for (const panel of Object.values(panels)) panel.fail(error);
  }
}

/** Tells how connecting ended. @param {import("latchkey/client").Outcome} outcome */
async function finish(outcome) {
  await reread();
  // Anybody can make an address that says so.
  const { status } = connections.find(({ provider }) => provider === outcome.provider) ?? {};
  if (outcome.outcome !== "connected" || status === "connected") say(describeOutcome(outcome));
}

/** @param {string} text none: what was said before is over @param {Node[]} more */
function say(text, ...more) {
  notice.replaceChildren(text, ...more);
}

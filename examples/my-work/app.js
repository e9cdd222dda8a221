// Two panels, one for each provider. Latchkey knows what is connected; this page only asks.
import { listIssues } from "./issues.js";
import { latchkey, takeOutcome } from "./latchkey.js";
import { createPanel } from "./panel.js";
import { listPullRequests } from "./pull-requests.js";

const panels = {
  bitbucket: createPanel("bitbucket", "pull requests", listPullRequests, showConnections),
  jira: createPanel("jira", "issues", listIssues, showConnections),
};

let readings = 0;
/** @type {Promise<void>} */
let latest;

latchkey.onChange(() => void showConnections());
const end = takeOutcome();
void (end === null ? showConnections() : panels[end.provider].finish(end));

/** Shows what is connected. */
function showConnections() {
  readings += 1;
  latest = readConnections(readings);
  return latest;
}

/** One that was overtaken ends with the latest. @param {number} reading @returns {Promise<void>} */
async function readConnections(reading) {
  try {
    const connections = await latchkey.connections();
    if (reading !== readings) return await latest;
    for (const connection of connections) panels[connection.provider].show(connection);
  } catch (error) {
    if (reading !== readings) return await latest;
    for (const panel of Object.values(panels)) panel.fail(error);
  }
}

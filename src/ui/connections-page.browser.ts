import { callLatchkey } from "./call-latchkey.browser.ts";
import { createElement } from "./create-element.browser.ts";
import { describeOutcome } from "./describe-outcome.ts";
import { describeDisconnect, describeForget } from "./describe-receipt.ts";
import { findElement } from "./find-element.browser.ts";
import type { Notice } from "./notice.ts";
import { PROVIDER_NAMES } from "./provider-names.ts";
import { type Connection, readConnections } from "./read-connections.ts";
import { runOnce } from "./run-once.browser.ts";
import { showConnection } from "./show-connection.browser.ts";
import { showNotice } from "./show-notice.browser.ts";
import { takeOutcome } from "./take-outcome.browser.ts";

const title = findElement("title", HTMLElement);
const notices = findElement("notices", HTMLElement);
const cards = findElement("cards", HTMLElement);
const forgetButton = findElement("forget", HTMLButtonElement);
const forgetDialog = findElement("forget-dialog", HTMLDialogElement);

let outcome: URLSearchParams | null = takeOutcome();
let connections: readonly Connection[] = [];
let latestReading = 0;

/** What the last flow or action led to. */
let told: HTMLElement | null = null;
/** Why the last reading failed, if it did. */
let readingProblem: Notice | null = null;

forgetButton.addEventListener("click", () => forgetDialog.showModal());
findElement("forget-cancel", HTMLElement).addEventListener("click", () => forgetDialog.close());
findElement("forget-confirm", HTMLElement).addEventListener("click", () => {
  forgetDialog.close();
  void forget(forgetButton);
});

// Another tab may have connected or disconnected something meanwhile.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void refresh();
});

void refresh();

/** Reads the connections and shows them. The answer to a reading that was overtaken is dropped. */
async function refresh(): Promise<void> {
  const reading = ++latestReading;
  cards.ariaBusy = "true";
  const answer = await callLatchkey("GET", "/connections", readConnections);
  if (reading !== latestReading) return;
  cards.ariaBusy = "false";

  const problemBefore = readingProblem;
  readingProblem = answer.ok ? null : answer.problem;
  if (answer.ok) showConnections(answer.value);
  else if (connections.length === 0) showNothingKnown();

  const ended = answer.ok && outcome !== null ? describeOutcome(outcome, answer.value) : null;
  if (answer.ok) outcome = null;
  if (ended !== null) tell(showNotice(ended));
  else if (readingProblem?.text !== problemBefore?.text) showNotices();
}

function disconnect(connection: Connection, button: HTMLButtonElement): Promise<void> {
  const { provider } = connection;
  const { product } = PROVIDER_NAMES[provider];
  return runOnce(button, `Disconnecting ${product}…`, async () => {
    const read = (receipt: unknown) => describeDisconnect(connection, receipt);
    const answer = await callLatchkey("DELETE", `/connections/${provider}`, read);
    await refresh();
    if (answer.ok) return tell(showNotice(answer.value));
    const text = `${product} was perhaps not disconnected. ${answer.problem.text}`;
    tell(showNotice({ ...answer.problem, text }, (again) => void disconnect(connection, again)));
  });
}

function forget(button: HTMLButtonElement): Promise<void> {
  const before = connections;
  return runOnce(button, "Erasing everything…", async () => {
    const read = (receipt: unknown) => describeForget(before, receipt);
    const answer = await callLatchkey("DELETE", "/session", read);
    await refresh();
    if (answer.ok) return tell(showNotice(answer.value));
    const text = `Perhaps not everything was erased. ${answer.problem.text}`;
    tell(showNotice({ ...answer.problem, text }, (again) => void forget(again)));
  });
}

function tell(notice: HTMLElement): void {
  told = notice;
  showNotices();
  notices.focus();
}

function showNotices(): void {
  const nodes = told === null ? [] : [told];
  if (readingProblem !== null) {
    const outdated = connections.length > 0 ? " What you see below may be out of date." : "";
    const text = `Your connections could not be read. ${readingProblem.text}${outdated}`;
    nodes.push(showNotice({ ...readingProblem, text }, (button) => void readAgain(button)));
  }
  notices.replaceChildren(...nodes);
}

async function readAgain(button: HTMLButtonElement): Promise<void> {
  await runOnce(button, "Trying again…", refresh);
  // The button went with its notice, or its notice says the same once more: both must be noticed.
  (notices.hasChildNodes() ? notices : title).focus();
}

function showConnections(read: readonly Connection[]): void {
  const before = connections;
  connections = read;
  for (const connection of read) {
    const { provider } = connection;
    // What did not change stays as it is, and with it the focus or the text someone is selecting.
    const known = before.find((candidate) => candidate.provider === provider);
    if (JSON.stringify(known) === JSON.stringify(connection)) continue;

    const card = findElement(provider, HTMLElement);
    const focused = card.contains(document.activeElement) ? document.activeElement : null;
    card.replaceChildren(
      ...showConnection(connection, (button) => void disconnect(connection, button)),
    );
    if (focused === null) continue;
    const heading = findElement(`${provider}-title`, HTMLElement);
    (document.getElementById(focused.id) ?? heading).focus({ preventScroll: true });
  }
}

function showNothingKnown(): void {
  for (const provider of ["bitbucket", "jira"]) {
    const status = createElement("p", { className: "status none" }, "Not known at the moment");
    findElement(provider, HTMLElement).replaceChildren(status);
  }
}

import { type Connection, createLatchkey, type LatchkeyError, takeOutcome } from "latchkey/client";
import { createElement } from "./create-element.browser.ts";
import { describeConnection } from "./describe-connection.ts";
import { describeOutcome } from "./describe-outcome.ts";
import { describeProblem } from "./describe-problem.ts";
import { describeDisconnect, describeForget } from "./describe-receipt.ts";
import { findElement } from "./find-element.browser.ts";
import { PROVIDER_NAMES } from "./provider-names.ts";
import { runOnce } from "./run-once.browser.ts";
import { showConnection } from "./show-connection.browser.ts";
import { showNotice } from "./show-notice.browser.ts";

const latchkey = createLatchkey(location.origin);

const title = findElement("title", HTMLElement);
const notices = findElement("notices", HTMLElement);
const cards = findElement("cards", HTMLElement);
const forgetButton = findElement("forget", HTMLButtonElement);
const forgetDialog = findElement("forget-dialog", HTMLDialogElement);

let outcome = takeOutcome();
let connections: readonly Connection[] = [];
/** The latest one. */
let reading: Promise<readonly Connection[] | LatchkeyError>;

/** What the last flow or action led to. */
let told: HTMLElement | null = null;
/** Why the last reading failed, if it did. */
let readingProblem = "";

forgetButton.addEventListener("click", () => forgetDialog.showModal());
findElement("forget-cancel", HTMLElement).addEventListener("click", () => forgetDialog.close());
findElement("forget-confirm", HTMLElement).addEventListener("click", () => {
  forgetDialog.close();
  void forget(forgetButton);
});

latchkey.onChange(() => void refresh());
void refresh();

/** Reads the connections and shows them. The answer to a reading that was overtaken is dropped. */
async function refresh(): Promise<void> {
  cards.ariaBusy = "true";
  const latest = latchkey.connections().catch((error: LatchkeyError) => error);
  reading = latest;
  const answer = await latest;
  if (reading === latest) showAnswer(answer);
}

function showAnswer(answer: readonly Connection[] | LatchkeyError): void {
  cards.ariaBusy = "false";
  const problemBefore = readingProblem;
  if (answer instanceof Error) {
    readingProblem = describeProblem(answer);
    if (connections.length === 0) showNothingKnown();
  } else {
    readingProblem = "";
    showConnections(answer);
    const about = answer.find(({ provider }) => provider === outcome?.provider);
    if (outcome && about) tell(showNotice(describeOutcome(outcome, about)));
    outcome = null;
  }
  if (readingProblem !== problemBefore) showNotices();
}

function disconnect(connection: Connection, button: HTMLButtonElement): Promise<void> {
  const { provider } = connection;
  const { product } = PROVIDER_NAMES[provider];
  return runOnce(button, `Disconnecting ${product}…`, async () => {
    const notice = await latchkey.disconnect(provider).then(
      () => showNotice(describeDisconnect(connection)),
      (error: LatchkeyError) =>
        showFailure(`${product} was perhaps not disconnected.`, error, (again) =>
          disconnect(connection, again),
        ),
    );
    await reading;
    tell(notice);
  });
}

function forget(button: HTMLButtonElement): Promise<void> {
  const before = connections;
  return runOnce(button, "Erasing everything…", async () => {
    const notice = await latchkey.forget().then(
      (receipt) => showNotice(describeForget(before, receipt)),
      (error: LatchkeyError) => showFailure("Perhaps not everything was erased.", error, forget),
    );
    await reading;
    tell(notice);
  });
}

function showFailure(
  text: string,
  error: LatchkeyError,
  retry: (button: HTMLButtonElement) => Promise<void>,
): HTMLElement {
  const notice = { tone: "bad", text: `${text} ${describeProblem(error)}` } as const;
  return showNotice(notice, (button) => void retry(button));
}

function tell(notice: HTMLElement): void {
  told = notice;
  showNotices();
  notices.focus();
}

function showNotices(): void {
  const nodes = told === null ? [] : [told];
  if (readingProblem !== "") {
    const outdated = connections.length > 0 ? " What you see below may be out of date." : "";
    const text = `Your connections could not be read. ${readingProblem}${outdated}`;
    nodes.push(showNotice({ tone: "bad", text }, (button) => void readAgain(button)));
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
    if (known && isSameToSee(known, connection)) continue;

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

function isSameToSee(one: Connection, other: Connection): boolean {
  return JSON.stringify(describeConnection(one)) === JSON.stringify(describeConnection(other));
}

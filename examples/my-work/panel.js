import { PRODUCTS, describeOutcome, describeProblem } from "./describe.js";
import { button, element, find, link } from "./element.js";
import { LatchkeyError, latchkey } from "./latchkey.js";
import { showItems } from "./show-items.js";

/**
 * @typedef {import("latchkey/client").Connection} Connection
 * @typedef {import("latchkey/client").Outcome} Outcome
 * @typedef {import("latchkey/client").Site} Site
 * @typedef {import("./show-items.js").Item} Item
 */

/**
 * The half of the page that is one provider's.
 * @param {Connection["provider"]} provider
 * @param {string} things what it lists
 * @param {(signal: AbortSignal, site: Site | undefined) => Promise<readonly Item[]>} list
 * @param {() => Promise<void>} reread has what is connected shown anew
 */
export function createPanel(provider, things, list, reread) {
  const product = PRODUCTS[provider];
  const section = find(`#${provider}`);
  const content = find(".content", section);
  const heading = find("h2", section);
  const notice = find(".notice", section);
  /** @type {Connection | undefined} */
  let shown;
  /** @type {Site | undefined} */
  let site;
  let reading = new AbortController();

  /** Shows a connection, unless it is shown already. @param {Connection} connection */
  function show(connection) {
    if (shown && identify(shown) === identify(connection)) return;
    say("");
    shown = connection;
    site = sitesOf(connection)[0];
    if (connection.status === "connected") {
      replace(element("p", { className: "quiet" }, `Reading your ${things}…`));
      void read();
    } else {
      settle(...describeStatus(connection.status));
    }
  }

  /** Says why nothing is known. @param {unknown} error */
  function fail(error) {
    shown = undefined;
    settle(explain(error), showActions(tryAgain(reconsider)));
  }

  async function reconsider() {
    section.ariaBusy = "true";
    await reread();
  }

  async function read() {
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    section.ariaBusy = "true";
    try {
      const items = await list(signal, site);
      const none = element("p", { className: "quiet" }, `No open ${things}.`);
      if (signal.aborted) return;
      const reload = button("Reload", read, { id: `${provider}-read` });
      settle(...chooseSite(), items.length > 0 ? showItems(items) : none, showActions(reload));
    } catch (error) {
      if (signal.aborted) return;
      const code = error instanceof LatchkeyError ? error.code : "";
      if (code === "not_connected" || code === "reconnect_required") {
        say("");
        shown = undefined;
        settle(...describeStatus(code));
      } else {
        settle(...chooseSite(), explain(error), showActions(tryAgain(read)));
      }
    }
  }

  /** Shows the end of whatever was under way. @param {Node[]} nodes */
  function settle(...nodes) {
    reading.abort();
    section.ariaBusy = "false";
    replace(...nodes);
  }

  /** Puts something else there, and keeps the focus in this panel if it was. @param {Node[]} nodes */
  function replace(...nodes) {
    const focused = content.contains(document.activeElement) ? document.activeElement : null;
    content.replaceChildren(...nodes);
    if (focused === null) return;
    (document.getElementById(focused.id) ?? heading).focus({ preventScroll: true });
  }

  /** @param {Exclude<Connection["status"], "connected">} status */
  function describeStatus(status) {
    switch (status) {
      case "not_connected":
        return [element("p", {}, `Connect ${product} to see your ${things}.`), ask("Connect")];
      case "reconnect_required": {
        const text = `The connection to ${product} has ended. It takes a new consent to go on.`;
        return [element("p", { className: "problem" }, text), ask("Reconnect")];
      }
      case "not_configured":
        return [element("p", {}, `This Latchkey is not set up for ${product}.`)];
    }
  }

  /** @param {"Connect" | "Reconnect"} verb */
  function ask(verb) {
    const inWindow = { popup: true, returnTo: new URL("connected.html", location.href) };
    return element(
      "div",
      { className: "actions" },
      button(`${verb} ${product}`, () => connect(), {
        id: `${provider}-connect`,
        className: "primary",
      }),
      button(`${verb} in a window`, () => connect(inWindow), { id: `${provider}-window` }),
    );
  }

  /** By redirect it leaves this page, and `takeOutcome` tells in the next how it ended. */
  async function connect(options = {}) {
    try {
      await finish(await latchkey.connect(provider, options));
    } catch (error) {
      say(describeProblem(error, product));
    }
  }

  /** Tells how connecting ended. @param {Outcome} end */
  async function finish(end) {
    await reread();
    // Anybody can make an address that says so.
    if (end.outcome === "connected" && shown?.status !== "connected") return;
    say(describeOutcome(end));
  }

  async function disconnect() {
    try {
      const { manageUrl } = await latchkey.disconnect(provider);
      await reread();
      const text = `${product} is disconnected. What you allowed stays listed there: `;
      say(text, link(manageUrl, `remove it at ${product}`));
    } catch (error) {
      say(describeProblem(error, product));
    }
  }

  /** @param {string} text none: what was said before is over @param {Node[]} more */
  function say(text, ...more) {
    notice.replaceChildren(text, ...more);
  }

  /** @param {HTMLButtonElement} first */
  function showActions(first) {
    const actions = element("div", { className: "actions" }, first);
    if (shown) {
      actions.append(
        button(`Disconnect ${product}`, disconnect, { id: `${provider}-disconnect` }),
        link(shown.manageUrl, `Manage at ${product}`),
      );
    }
    return actions;
  }

  /** @param {() => Promise<void>} act */
  function tryAgain(act) {
    return button("Try again", act, { id: `${provider}-read`, className: "primary" });
  }

  /** @param {unknown} error */
  function explain(error) {
    return element("p", { className: "problem" }, describeProblem(error, product));
  }

  /** Something to choose with, if there is a choice. */
  function chooseSite() {
    const sites = shown ? sitesOf(shown) : [];
    if (sites.length < 2) return [];
    const options = sites.map(({ id, name }) =>
      element("option", { value: id, selected: id === site?.id }, name),
    );
    const select = element("select", { id: `${provider}-site` }, ...options);
    select.addEventListener("change", () => {
      site = sites[select.selectedIndex];
      void read();
    });
    return [element("label", {}, "Site ", select)];
  }

  return { show, fail, finish };
}

/** What makes it another connection than before; a fresh token does not. @param {Connection} connection */
function identify(connection) {
  const { status, account, connectedAt } = { account: null, connectedAt: "", ...connection };
  return JSON.stringify([status, account, connectedAt, sitesOf(connection)]);
}

/** @param {Connection} connection @returns {readonly Site[]} */
function sitesOf(connection) {
  return ("sites" in connection && connection.sites) || [];
}

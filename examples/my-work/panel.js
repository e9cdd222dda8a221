import { PRODUCTS, describeProblem } from "./describe.js";
import { button, element, find, link } from "./element.js";
import { LatchkeyError, latchkey } from "./latchkey.js";
import { showItems } from "./show-items.js";

/**
 * @typedef {import("latchkey/client").Connection} Connection
 * @typedef {import("latchkey/client").Outcome} Outcome
 * @typedef {import("latchkey/client").Site} Site
 * @typedef {import("./show-items.js").Item} Item
 *
 * @typedef {object} PanelOptions
 * @property {Connection["provider"]} provider
 * @property {string} things what it lists
 * @property {(signal: AbortSignal, site: Site | undefined) => Promise<readonly Item[]>} list
 * @property {(end: Outcome) => void} onEnd a window for connecting has brought an end
 * @property {(text: string, ...more: Node[]) => void} tell
 */

/**
 * The half of the page that is one provider's.
 * @param {PanelOptions} options
 */
export function createPanel({ provider, things, list, onEnd, tell }) {
  const product = PRODUCTS[provider];
  const section = find(`#${provider}`);
  const content = find(".content", section);
  const heading = find("h2", section);
  /** @type {Connection | undefined} */
  let shown;
  /** @type {Site | undefined} */
  let site;
  let reading = new AbortController();

  /** Shows a connection, unless it is shown already. @param {Connection} connection */
  function show(connection) {
    if (shown && identify(shown) === identify(connection)) return;
    shown = connection;
    site = sitesOf(connection)[0];
    if (connection.status === "connected") {
      replace(element("p", { className: "quiet" }, `Reading your ${things}…`));
      void read();
    } else {
      settle(...describeStatus(connection.status));
    }
  }

  /** Says why nothing is known. @param {unknown} error @param {() => void} again */
  function fail(error, again) {
    shown = undefined;
    settle(...explain(error, again));
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
      settle(...chooseSite(), items.length > 0 ? showItems(items) : none, showActions());
    } catch (error) {
      if (signal.aborted) return;
      const code = error instanceof LatchkeyError ? error.code : "";
      if (code === "not_connected" || code === "reconnect_required") {
        shown = undefined;
        settle(...describeStatus(code));
      } else {
        settle(...chooseSite(), ...explain(error, read), showActions());
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
    return element(
      "div",
      { className: "actions" },
      button(`${verb} ${product}`, connect, { id: `${provider}-connect`, className: "primary" }),
      button(`${verb} in a window`, connectInWindow, { id: `${provider}-window` }),
    );
  }

  /** Leaves this page; `takeOutcome` tells in the next how it ended. */
  function connect() {
    void latchkey.connect(provider);
  }

  async function connectInWindow() {
    const returnTo = new URL("connected.html", location.href);
    try {
      onEnd(await latchkey.connect(provider, { popup: true, returnTo }));
    } catch (error) {
      tell(describeProblem(error, product));
    }
  }

  async function disconnect() {
    try {
      const { manageUrl } = await latchkey.disconnect(provider);
      const text = `${product} is disconnected. What you allowed stays listed there: `;
      tell(text, link(manageUrl, `remove it at ${product}`));
    } catch (error) {
      tell(describeProblem(error, product));
    }
  }

  function showActions() {
    const manageUrl = shown?.manageUrl ?? "";
    return element(
      "div",
      { className: "actions" },
      button("Reload", read, { id: `${provider}-reload` }),
      button(`Disconnect ${product}`, disconnect, { id: `${provider}-disconnect` }),
      link(manageUrl, `Manage access at ${product}`),
    );
  }

  /** @param {unknown} error @param {() => void} again */
  function explain(error, again) {
    return [
      element("p", { className: "problem" }, describeProblem(error, product)),
      element(
        "div",
        { className: "actions" },
        button("Try again", again, { id: `${provider}-again`, className: "primary" }),
      ),
    ];
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

  return { show, fail };
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

import type { Connection } from "latchkey/client";
import { createElement } from "./create-element.browser.ts";
import { describeConnection, type Fact } from "./describe-connection.ts";
import { showTime } from "./show-time.browser.ts";

/** The content of a card, below its heading. */
export function showConnection(
  connection: Connection,
  onDisconnect: (button: HTMLButtonElement) => void,
): readonly Node[] {
  const { provider } = connection;
  const shown = describeConnection(connection);
  const nodes: Node[] = [createElement("p", { className: `status ${shown.tone}` }, shown.status)];
  if (shown.explanation !== null) nodes.push(createElement("p", {}, shown.explanation));
  if (shown.facts.length > 0) nodes.push(createElement("dl", {}, ...shown.facts.flatMap(showFact)));

  const actions: Node[] = [];
  if (shown.connect !== null) {
    const { href, label, primary } = shown.connect;
    const className = primary ? "button primary" : "button";
    actions.push(createElement("a", { id: `${provider}-connect`, className, href }, label));
  }
  if (shown.disconnect !== null) {
    const button = createElement(
      "button",
      { id: `${provider}-disconnect`, className: "danger", type: "button" },
      shown.disconnect,
    );
    button.addEventListener("click", () => onDisconnect(button));
    actions.push(button);
  }
  if (actions.length > 0) nodes.push(createElement("p", { className: "actions" }, ...actions));
  if (shown.manage !== null) {
    const { href, label } = shown.manage;
    const link = createElement("a", { id: `${provider}-manage`, href }, label);
    nodes.push(createElement("p", { className: "manage" }, link));
  }
  return nodes;
}

function showFact(fact: Fact): readonly Node[] {
  return [createElement("dt", {}, fact.term), createElement("dd", {}, ...showValue(fact))];
}

function showValue(fact: Fact): readonly (Node | string)[] {
  if ("text" in fact) return [fact.text];
  if ("code" in fact) return [createElement("code", {}, fact.code)];
  if ("time" in fact) return [fact.before, showTime(fact.time), fact.after];
  if ("scopes" in fact) {
    const items = fact.scopes.map((scope) =>
      createElement("li", {}, createElement("code", {}, scope)),
    );
    return [createElement("ul", { className: "scopes" }, ...items)];
  }
  // Latchkey passes on https addresses only; of what is not one, it says nothing.
  const items = fact.sites.map(({ id, name, url }) => {
    if (url === "") return createElement("li", {}, name || id);
    const address = createElement("span", { className: "url" }, url);
    return createElement("li", {}, createElement("a", { href: url }, name || url), address);
  });
  return [createElement("ul", {}, ...items)];
}

import { createElement } from "./create-element.browser.ts";
import type { Notice } from "./notice.ts";

/** A notice, with a "Try again" button when there is something to try again. */
export function showNotice(
  { tone, text, links = [] }: Notice,
  onRetry?: (button: HTMLButtonElement) => void,
): HTMLElement {
  const node = createElement("div", { className: `notice ${tone}` }, createElement("p", {}, text));
  for (const { href, label } of links) {
    node.append(createElement("p", {}, createElement("a", { href }, label)));
  }
  if (onRetry !== undefined) {
    const button = createElement("button", { type: "button" }, "Try again");
    button.addEventListener("click", () => onRetry(button));
    node.append(createElement("p", {}, button));
  }
  return node;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {(Node | string)[]} children text stays text
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties, ...children) {
  const created = Object.assign(document.createElement(tag), properties);
  created.append(...children);
  return created;
}

/** @param {string} selector of an element that is in the page's HTML */
export function find(selector, within = document.body) {
  const found = within.querySelector(selector);
  if (found instanceof HTMLElement) return found;
  throw new Error(`no ${selector}`);
}

/**
 * @param {string} label
 * @param {() => void | Promise<void>} onClick
 * @param {Partial<HTMLButtonElement>} properties
 */
export function button(label, onClick, properties) {
  const created = element("button", { type: "button", ...properties }, label);
  created.addEventListener("click", () => void onClick());
  return created;
}

/** A link, if the address is one that is safe to follow. @param {string} url @param {string} text */
export function link(url, text) {
  if (URL.parse(url)?.protocol !== "https:") return element("span", {}, text);
  return element("a", { href: url, target: "_blank", rel: "noreferrer" }, text);
}

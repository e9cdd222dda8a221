import { element, link } from "./element.js";

/**
 * A pull request or an issue.
 * @typedef {{ title: string, url: string, place: string, state: string, updated: Date }} Item
 */

/** @param {readonly Item[]} items */
export function showItems(items) {
  const entries = items.map(({ title, url, place, state, updated }) => {
    const time = element("time", { dateTime: updated.toISOString() }, showAge(updated));
    const facts = [place, state, time].map((fact) => element("span", {}, fact));
    return element("li", {}, link(url, title), element("p", { className: "detail" }, ...facts));
  });
  return element("ul", { className: "items" }, ...entries);
}

/** @type {readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[]} */
const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** @param {Date} time */
function showAge(time) {
  const age = (Date.now() - time.getTime()) / 1_000;
  const [unit, seconds] = UNITS.find(([, least]) => age >= least) ?? ["minute", 60];
  const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  return format.format(-Math.floor(age / seconds), unit);
}

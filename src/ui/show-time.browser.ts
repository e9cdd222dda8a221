import { createElement } from "./create-element.browser.ts";

// The page is in English, so dates are too, in the reader's own kind of English where there is one.
// Browsers also list tags that Intl throws on, such as "en-US@posix".
const locales = navigator.languages.filter((language) => /^en(-[A-Z]{2})?$/.test(language));
const format = new Intl.DateTimeFormat([...locales, "en-GB"], {
  dateStyle: "long",
  timeStyle: "short",
});

/** A moment in the reader's own time zone. */
export function showTime(dateTime: string): HTMLTimeElement {
  return createElement("time", { dateTime }, format.format(new Date(dateTime)));
}

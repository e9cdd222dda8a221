import type { Page } from "playwright-core";

/** What would have to be scrolled sideways, or sticks out of the window. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = document.documentElement.scrollWidth > document.documentElement.clientWidth;
    const elements = [...document.querySelectorAll("body *")].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < 0 || right > innerWidth);
    });
    return [...(scrolls ? ["the page"] : []), ...elements.map((element) => element.outerHTML)];
  });
}

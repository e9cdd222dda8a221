import type { Page } from "playwright-core";

declare global {
  interface Window {
    reportViolation(problem: string): void;
  }
}

/** Collects what the page's policy refuses and what the browser reports, from the next page on. */
export async function watchProblems(page: Page): Promise<readonly string[]> {
  const problems: string[] = [];
  await page.exposeFunction("reportViolation", (problem: string) => problems.push(problem));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.reportViolation(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  return problems;
}

import { openNodeBrowser } from "../open-node-browser.ts";
import { test as base } from "../browser-test.ts";
import { serveSite } from "../serve-site.ts";

const SESSION = "__Host-Http-latchkey";

/** What the documentation's programs in Node have of a person's session. */
export interface Session {
  cookie(): string;
  keep(lines: readonly string[]): void;
}

/** A test with a person who connected both providers, and a front-end on an origin of its own. */
export const test = base
  // oxlint-disable-next-line no-empty-pattern
  .extend("frontEnd", { scope: "file" }, async ({}, { onCleanup }) => {
    const site = await serveSite("localhost");
    onCleanup(() => site.close());
    return site.origin;
  })
  .override("vars", { scope: "file" }, ({ frontEnd }) => ({
    APP_ORIGINS: frontEnd,
    JIRA_SCOPES: "read:jira-work write:jira-work read:jira-user",
  }))
  .extend("person", async ({ latchkey, emulator }) => {
    const bitbucketScopes = ["account", "repository", "pullrequest", "pullrequest:write"];
    await emulator.configure({ bitbucketScopes });
    const person = openNodeBrowser(latchkey.origin);
    await person.connect("bitbucket");
    await person.connect("jira");
    return person;
  })
  .extend("session", ({ person: { cookies } }): Session => ({
    cookie: () => `${SESSION}=${cookies.get(SESSION)}`,
    keep(lines) {
      for (const line of lines) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
    },
  }))
  .extend("frontEndPage", async ({ page, context, person, frontEnd }) => {
    const value = person.cookies.get(SESSION) ?? "";
    const place = { domain: "localhost", path: "/" };
    const attributes = { secure: true, httpOnly: true, sameSite: "Strict" } as const;
    await context.addCookies([{ name: SESSION, value, ...place, ...attributes }]);
    await page.goto(frontEnd);
    return page;
  });

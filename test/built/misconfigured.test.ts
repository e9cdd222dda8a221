import { expect } from "vitest";
import { test as base } from "./browser-test.ts";
import { startLatchkey } from "./start-latchkey.ts";

const BROKEN = { SEALING_KEYS: "k1:c2hvcnQ", SESSION_DAYS: "0", ATLASSIAN_CLIENT_SECRET: "" };
const PROBLEMS = [
  "SEALING_KEYS, key 1: the key must be 32 bytes in base64url",
  "SESSION_DAYS: must be a whole number from 1 to 400",
  "ATLASSIAN_CLIENT_ID, ATLASSIAN_CLIENT_SECRET: set both, or neither",
];

const test = base.override("vars", { scope: "file" }, () => BROKEN);

test.for(["/", "/health", "/connections", "/auth/jira", "/auth/jira/callback", "/nothing"])(
  "with a broken configuration %s is closed, and the developer is told all that is wrong",
  async (path, { latchkey }) => {
    const answer = await fetch(latchkey.origin + path);
    expect(answer.status).toBe(503);
    const { code, problems } = (await answer.json()) as { code: string; problems: string[] };
    expect(code).toBe("misconfigured");
    expect(problems.toSorted()).toEqual(PROBLEMS.toSorted());
  },
);

test("people get it as a page, operators in the log", async ({ latchkey, page }) => {
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(503);
  const shown = await page.getByRole("main").textContent();
  for (const problem of PROBLEMS) {
    expect(shown).toContain(problem);
    await expect.poll(() => latchkey.lines.join("\n")).toContain(problem);
  }
});

test("a broken configuration that the world can see is told to nobody", async () => {
  const vars = { PUBLIC_URL: "https://auth.example.com", SESSION_DAYS: "0" };
  const latchkey = await startLatchkey(vars);
  try {
    const answer = await fetch(latchkey.origin);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("SESSION_DAYS");
  } finally {
    await latchkey.stop();
  }
});

import { expect, test } from "vitest";
import { readOutcome, withoutOutcome } from "../../src/client/read-outcome.ts";

const page = (query: string) => new URL(`https://app.example/board?${query}#top`);

test.each([
  ["provider=jira&outcome=connected", { provider: "jira", outcome: "connected" }],
  ["view=1&provider=bitbucket&outcome=denied", { provider: "bitbucket", outcome: "denied" }],
  [
    "provider=jira&outcome=failed&reason=provider_rejected",
    { provider: "jira", outcome: "failed", reason: "provider_rejected" },
  ],
])("the end of a flow is read from the address: %s", (query, outcome) => {
  expect(readOutcome(page(query))).toEqual(outcome);
});

test.each([
  "",
  "outcome=connected",
  "provider=jira",
  "provider=jira&outcome=odd",
  "provider=jira&outcome=abandoned",
  "provider=github&outcome=connected",
  "provider=__proto__&outcome=failed",
  "reason=provider_rejected",
])("what is not the end of a flow is none: %j", (query) => {
  expect(readOutcome(page(query))).toBeNull();
});

test("an address without it keeps everything else", () => {
  const query = "view=1&provider=jira&outcome=failed&reason=provider_rejected&latchkey_popup=1";
  expect(withoutOutcome(page(query)).href).toBe("https://app.example/board?view=1#top");
});

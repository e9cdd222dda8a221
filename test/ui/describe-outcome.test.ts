import { expect, test } from "vitest";
import { describeOutcome } from "../../src/ui/describe-outcome.ts";
import type { Connection } from "../../src/ui/read-connections.ts";
import { connectionWith } from "./connection-fixture.ts";

function outcome(query: string, jira: Partial<Connection> = {}) {
  const bitbucket = connectionWith({ provider: "bitbucket", status: "not_connected" });
  return describeOutcome(new URLSearchParams(query), [bitbucket, connectionWith(jira)]);
}

test("connected is said when it is so", () => {
  expect(outcome("provider=jira&outcome=connected")).toEqual({
    tone: "good",
    text: "Jira is connected.",
  });
});

test.each([
  ["not_connected", "Jira is not connected in this browser"],
  ["reconnect_required", "it has to be reconnected"],
  ["not_configured", "it is not set up here"],
] as const)("a forged connected is not believed when it is %s", (status, text) => {
  const notice = outcome("provider=jira&outcome=connected", { status });
  expect(notice?.tone).toBe("warn");
  expect(notice?.text).toContain(text);
});

test("a refusal says what to do, and that an existing connection is unchanged", () => {
  const query = "provider=jira&outcome=denied";
  expect(outcome(query)?.text).toContain("already have is unchanged");
  const notice = outcome(query, { status: "not_connected" });
  expect(notice?.tone).toBe("warn");
  expect(notice?.text).toMatch(/refused.*Nothing has changed.*start again and allow/);
});

test.each([
  ["provider_unavailable", /did not answer in time.*Wait a few minutes/],
  ["provider_misconfigured", /own credentials.*Trying again will not help/],
  ["provider_rejected", /turned the request down.*Start again/],
])("a failure says why and what to do: %s", (reason, text) => {
  const notice = outcome(`provider=bitbucket&outcome=failed&reason=${reason}`);
  expect(notice?.tone).toBe("bad");
  expect(notice?.text).toMatch(/^Connecting Bitbucket did not work/);
  expect(notice?.text).toMatch(text);
});

test("an unknown reason is ignored", () => {
  const query = "provider=jira&outcome=failed&reason=";
  expect(outcome(`${query}call+0800+now`)).toEqual(outcome(query));
  expect(outcome(`${query}toString`)).toEqual(outcome(query));
});

test.each([
  "",
  "outcome=connected",
  "provider=jira",
  "provider=jira&outcome=odd",
  "provider=github&outcome=connected",
  "provider=__proto__&outcome=failed",
  "reason=provider_rejected",
])("what is not an outcome says nothing: %j", (query) => {
  expect(outcome(query)).toBeNull();
});

import { expect, test } from "vitest";
import { describeOutcome } from "../../src/ui/describe-outcome.ts";
import { connectionWith, WITHOUT_ACCESS } from "./connection-fixture.ts";

const jira = connectionWith();
const denied = { provider: "jira", outcome: "denied" } as const;
const connected = { provider: "jira", outcome: "connected" } as const;
const failed = { provider: "jira", outcome: "failed" } as const;

test("connected is said when it is so", () => {
  expect(describeOutcome(connected, jira)).toEqual({ tone: "good", text: "Jira is connected." });
});

test.each([
  ["not_connected", "Jira is not connected in this browser"],
  ["reconnect_required", "it has to be reconnected"],
  ["not_configured", "it is not set up here"],
] as const)("a forged connected is not believed when it is %s", (status, text) => {
  const notice = describeOutcome(connected, WITHOUT_ACCESS[status]);
  expect(notice.tone).toBe("warn");
  expect(notice.text).toContain(text);
});

test("a refusal says what to do, and that an existing connection is unchanged", () => {
  expect(describeOutcome(denied, jira).text).toContain("already have is unchanged");
  const notice = describeOutcome(denied, WITHOUT_ACCESS.not_connected);
  expect(notice.tone).toBe("warn");
  expect(notice.text).toMatch(/refused.*Nothing has changed.*start again and allow/);
});

test.each([
  ["provider_unavailable", /did not answer in time.*Wait a few minutes/],
  ["provider_misconfigured", /own credentials.*Trying again will not help/],
  ["provider_rejected", /turned the request down.*Start again/],
])("a failure says why and what to do: %s", (reason, text) => {
  const notice = describeOutcome({ ...failed, reason }, WITHOUT_ACCESS.not_connected);
  expect(notice.tone).toBe("bad");
  expect(notice.text).toMatch(/^Connecting Jira did not work/);
  expect(notice.text).toMatch(text);
});

test("an unknown reason is ignored", () => {
  for (const reason of ["call 0800 now", "toString"]) {
    expect(describeOutcome({ ...failed, reason }, jira)).toEqual(describeOutcome(failed, jira));
  }
});

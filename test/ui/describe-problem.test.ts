import { expect, test } from "vitest";
import { describeProblem } from "../../src/ui/describe-problem.ts";

function problem(status: number, body?: unknown, retryAfter: string | null = null) {
  return describeProblem({ status, body, retryAfter }).text;
}

test("no answer at all points to the network", () => {
  expect(describeProblem(null).text).toContain("could not be reached");
});

test("a misconfigured deployment is not the person's fault", () => {
  expect(problem(503, { code: "misconfigured" })).toContain("Only the people who run it");
});

test.each([
  ["1", "Wait a second."],
  ["42", "Wait 42 seconds."],
  ["600", "Wait 10 minutes."],
  [null, "Wait a minute."],
  ["Wed, 21 Oct 2026 07:28:00 GMT", "Wait a minute."],
])("too many requests says how long to wait: Retry-After %s", (retryAfter, text) => {
  expect(problem(429, { code: "rate_limited" }, retryAfter)).toContain(text);
});

test("any other server error asks for patience", () => {
  expect(problem(500)).toContain("has a problem at the moment");
  expect(problem(503, { code: "provider_unavailable" })).toContain("at the moment");
});

test("an answer that makes no sense is called that, and none of it is shown", () => {
  const text = problem(200, { title: "Your account is locked" });
  expect(text).toContain("does not understand");
  expect(text).not.toContain("locked");
});

import { expect, test } from "vitest";
import { describeProblem } from "../../src/ui/describe-problem.ts";

function problem(code: string, status?: number, retryAfter?: number): string {
  return describeProblem({ code, status, retryAfter });
}

test("no answer at all points to the network", () => {
  expect(problem("unreachable")).toContain("could not be reached");
});

test("a misconfigured deployment is not the person's fault", () => {
  expect(problem("misconfigured", 503)).toContain("Only the people who run it");
});

test.each([
  [1, "Wait a second."],
  [42, "Wait 42 seconds."],
  [600, "Wait 10 minutes."],
  [undefined, "Wait a minute."],
])("too many requests says how long to wait: %s seconds", (retryAfter, text) => {
  expect(problem("rate_limited", 429, retryAfter)).toContain(text);
});

test("any other server error asks for patience", () => {
  expect(problem("unexpected_answer", 500)).toContain("has a problem at the moment");
  expect(problem("provider_unavailable", 503)).toContain("at the moment");
});

test("an answer that makes no sense is called that", () => {
  expect(problem("unexpected_answer", 200)).toContain("does not understand");
});

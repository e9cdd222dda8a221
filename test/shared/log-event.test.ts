import { afterEach, expect, test, vi } from "vitest";
import { errorKind, logEvent, logFailure } from "../../src/shared/log-event.ts";

afterEach(() => void vi.restoreAllMocks());

test.each(["info", "warn", "error"] as const)("an event is one JSON line at level %s", (level) => {
  const spy = vi.spyOn(console, level).mockImplementation(() => undefined);
  logEvent(level, "refreshed", { provider: "jira", failures: 2, cause: undefined });
  expect(spy.mock.calls).toStrictEqual([['{"event":"refreshed","provider":"jira","failures":2}']]);
});

test("of an error only its kind is told", () => {
  expect(errorKind(new TypeError("CANARY in a message"))).toBe("TypeError");
  expect(errorKind("CANARY as a thrown text")).toBe("string");
  expect(errorKind(undefined)).toBe("undefined");
});

test("work that nobody waits for fails in one line, with the kind of the error and no more", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await logFailure(Promise.resolve("done"));
  await logFailure(Promise.reject(new TypeError("CANARY")));
  expect(warn.mock.calls).toStrictEqual([
    ['{"event":"background_work_failed","error":"TypeError"}'],
  ]);
});

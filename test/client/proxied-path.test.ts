import * as fc from "fast-check";
import { expect, test } from "vitest";
import { proxiedPath } from "../../src/client/proxied-path.ts";

test.each([
  ["/2.0/user", "/api/bitbucket/2.0/user"],
  ["/2.0/x/refs/feature%2Fy?q=a/../b c#d", "/api/bitbucket/2.0/x/refs/feature%2Fy?q=a/../b c#d"],
  ["/2.0/.well-known/a..b/...", "/api/bitbucket/2.0/.well-known/a..b/..."],
])("a path goes out as it stands: %j", (path, sent) => {
  expect(proxiedPath("bitbucket", path)).toBe(sent);
});

test("Jira's is that of a site", () => {
  expect(proxiedPath("jira", "/rest/api/3/myself", "cloud-1")).toBe(
    "/api/jira/cloud-1/rest/api/3/myself",
  );
  // What is no id becomes a segment that names no site.
  expect(proxiedPath("jira", "/rest", "a/../../session?")).toBe(
    "/api/jira/a%2F..%2F..%2Fsession%3F/rest",
  );
});

test.each([
  "/../../session",
  "/2.0/..",
  "/2.0/./user",
  "/2.0/%2e%2E/user",
  "/2.0/.%2e?q",
  "/2.0/..#",
  "/2.0\\..\\session",
  "/2.0/.\t./user",
  "/2.0/.. ",
  "/2.0/..\u0001",
  "/2.0/a b",
  "2.0/user",
  "@evil.example/",
  "",
])("a path that a browser would send as another is refused: %j", (path) => {
  expect(() => proxiedPath("bitbucket", path)).toThrow(TypeError);
});

test("a site that is dots is refused", () => {
  for (const site of [".", ".."]) {
    expect(() => proxiedPath("jira", "/rest", site)).toThrow(TypeError);
  }
});

test("whatever is not refused has the segments that were written", () => {
  const parts = ["/", ".", "..", "%2e", "%2F", "\\", "\t", " ", "\u0000", "?", "#", "a", "é", "@"];
  const text = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((all) => all.join(""));
  fc.assert(
    fc.property(text, fc.option(text, { nil: undefined }), (path, site) => {
      const sent = attempt(() => proxiedPath("jira", `/${path}`, site));
      if (sent === undefined) return;
      const { origin, pathname } = new URL(`https://auth.example.com${sent}`);
      expect(origin).toBe("https://auth.example.com");
      const [written = ""] = sent.split(/[?#]/, 1);
      expect(decodeURIComponent(pathname)).toBe(decodeURIComponent(written));
      expect(pathname.split("/")).toHaveLength(written.split("/").length);
    }),
    { numRuns: 3_000 },
  );
});

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

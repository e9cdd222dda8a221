import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ProviderId } from "../../src/client/connection.ts";
import { latchkeyUrl } from "../../src/client/latchkey-url.ts";
import { proxiedPath } from "../../src/client/proxied-path.ts";

const ORIGIN = "https://auth.example.com";

function urlOf(provider: ProviderId, path: string, site?: string): string {
  return latchkeyUrl(ORIGIN, proxiedPath(provider, path, site));
}

test.each([
  ["/2.0/user", "/api/bitbucket/2.0/user"],
  ["/2.0/x/refs/feature%2Fy?q=a/../b c", "/api/bitbucket/2.0/x/refs/feature%2Fy?q=a/../b c"],
  ["/2.0/.well-known/a..b/...", "/api/bitbucket/2.0/.well-known/a..b/..."],
])("a path goes out as it stands: %j", (path, sent) => {
  expect(urlOf("bitbucket", path)).toBe(ORIGIN + sent);
});

test("Jira's is that of a site", () => {
  expect(urlOf("jira", "/rest/api/3/myself", "cloud-1")).toBe(
    `${ORIGIN}/api/jira/cloud-1/rest/api/3/myself`,
  );
  // What is no id becomes a segment that names no site.
  expect(urlOf("jira", "/rest", "a/../../session?")).toBe(
    `${ORIGIN}/api/jira/a%2F..%2F..%2Fsession%3F/rest`,
  );
});

test.each([
  "/../../session",
  "/2.0/..",
  "/2.0/./user",
  "/2.0/%2e%2E/user",
  "/2.0/.%2e?q",
  "/2.0/..#",
  "/2.0/refs/branches/release#2",
  "/2.0/refs/branches?q=#2",
  "/2.0\\..\\session",
  "/2.0/.\t./user",
  "/2.0/.. ",
  "/2.0/..\u0001",
  "/2.0/a b",
  "2.0/user",
  "@evil.example/",
  "",
])("a path that a browser would send as another is refused: %j", (path) => {
  expect(() => urlOf("bitbucket", path)).toThrow(TypeError);
});

test.each(["../session", "..\\session", "./../session", "%2e%2e", "jira/.."])(
  "a provider of that name is refused: %j",
  (provider) => {
    for (const path of [`/connections/${provider}`, `/auth/${provider}?return_to=x`]) {
      expect(() => latchkeyUrl(ORIGIN, path)).toThrow(TypeError);
    }
  },
);

test("a site that is dots is refused", () => {
  for (const site of [".", ".."]) {
    expect(() => urlOf("jira", "/rest", site)).toThrow(TypeError);
  }
});

test("whatever is not refused has the segments that were written", () => {
  const parts = ["/", ".", "..", "%2e", "%2F", "\\", "\t", " ", "\u0000", "?", "#", "a", "é", "@"];
  const text = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((all) => all.join(""));
  fc.assert(
    fc.property(text, fc.option(text, { nil: undefined }), (path, site) => {
      const sent = attempt(() => urlOf("jira", `/${path}`, site));
      if (sent === undefined) return;
      const { origin, pathname } = new URL(sent);
      expect(origin).toBe(ORIGIN);
      const [written = ""] = sent.slice(ORIGIN.length).split(/[?#]/, 1);
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

import { expect, test } from "vitest";
import type { ProviderClient } from "../../src/providers/provider-client.ts";
import { bitbucket } from "../../src/providers/bitbucket.ts";
import { jira } from "../../src/providers/jira.ts";
import { findUpstream } from "../../src/proxy/find-upstream.ts";

const PUBLIC = "https://auth.example.com";

function find(provider: typeof jira, root: string, rest: string, apiUrl = "https://api.example") {
  return findUpstream({ provider, apiUrl } as ProviderClient, PUBLIC, { root, rest });
}

test("a path leads below the provider's API, its prefix and its root", () => {
  expect(find(bitbucket, "2.0", "user?a=%2F..%5c")?.url).toBe(
    "https://api.example/2.0/user?a=%2F..%5c",
  );
  expect(find(jira, "site", "rest/api/3/a%2Fb")?.url).toBe(
    "https://api.example/ex/jira/site/rest/api/3/a%2Fb",
  );
  const prefixed = find(jira, "site", "x/", "http://127.0.0.1:1/atlassian-api");
  expect(prefixed?.url).toBe("http://127.0.0.1:1/atlassian-api/ex/jira/site/x/");
});

// What the path's own check refuses already: this is the second one.
test.each(["../x", "..%2f/../../x", "%2e%2e/x", "..\\x", "a/../../x", ".%2E\\..\\x", "\t../x"])(
  "what a URL parser would take out of the root leads nowhere: %o",
  (rest) => {
    expect(find(bitbucket, "2.0", rest)).toBeUndefined();
  },
);

test.each([
  ["..", "https://api.example/ex/x"],
  ["%2e%2e", "https://api.example/ex/x"],
  [".", "https://api.example/ex/jira/x"],
  ["", "https://api.example/ex/jira//x"],
  ["@evil.example", "https://api.example/ex/jira/@evil.example/x"],
  ["\\\\evil.example", "https://api.example/ex/jira///evil.example/x"],
])("no root leads to another host: %o", (root, url) => {
  expect(find(jira, root, "x")?.url).toBe(url);
});

const LOCATIONS: readonly (readonly [location: string, passed: string | null])[] = [
  ["https://api.example/2.0/a%2Fb?x=1#f", `${PUBLIC}/api/bitbucket/2.0/a%2Fb?x=1#f`],
  ["/2.0/a", `${PUBLIC}/api/bitbucket/2.0/a`],
  ["b?c", `${PUBLIC}/api/bitbucket/2.0/repositories/b?c`],
  ["?page=2", `${PUBLIC}/api/bitbucket/2.0/repositories/a?page=2`],
  ["//api.example/2.0/a", `${PUBLIC}/api/bitbucket/2.0/a`],
  ["HTTPS://API.EXAMPLE:443/2.0/a", `${PUBLIC}/api/bitbucket/2.0/a`],
  ["https://api.example/2.0/../1.0/a", "https://api.example/1.0/a"],
  ["https://api.example.evil.example/2.0/a", "https://api.example.evil.example/2.0/a"],
  ["https://api.example@evil.example/2.0/a", "https://api.example@evil.example/2.0/a"],
  ["https://s3.example/file?Signature=a%2Fb", "https://s3.example/file?Signature=a%2Fb"],
  ["https://api.example:444/2.0/a", "https://api.example:444/2.0/a"],
  ["http://api.example/2.0/a", null],
  // Latchkey itself: the browser would bring its cookie and our header.
  [`${PUBLIC}/session`, null],
  [`${PUBLIC}:443/connections/bitbucket`, null],
  ["//auth.example.com/auth/jira", null],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  ["ftp://api.example/2.0/a", null],
  ["https://", null],
  ["https://[", null],
];

test.each(LOCATIONS)("a Location %s is passed on as %s", (location, passed) => {
  expect(find(bitbucket, "2.0", "repositories/a")?.toLocation(location)).toBe(passed);
});

test("at Jira a Location stays in the proxy on the same site alone", () => {
  const upstream = find(jira, "site", "rest/api/3/issue");
  expect(upstream?.toLocation("/ex/jira/site/rest/api/3/issue/1")).toBe(
    `${PUBLIC}/api/jira/site/rest/api/3/issue/1`,
  );
  const other = "https://api.example/ex/jira/other/rest/api/3/issue/1";
  expect(upstream?.toLocation(other)).toBe(other);
});

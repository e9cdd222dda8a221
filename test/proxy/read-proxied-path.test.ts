import { expect, test } from "vitest";
import { bitbucket } from "../../src/providers/bitbucket.ts";
import { jira } from "../../src/providers/jira.ts";
import { readProxiedPath } from "../../src/proxy/read-proxied-path.ts";

const ORIGIN = "https://auth.example.com";
const read = (path: string, provider = bitbucket) => readProxiedPath(ORIGIN + path, provider);

test.each([
  "user",
  "user/",
  "",
  "repositories/a/b/refs/branches/feature%2Fx",
  "repositories/a/b/refs/branches/feature%2fx",
  "repositories/%7Buuid%7D/b",
  "repositories/{uuid}/b",
  "repositories/a/b/src/main/a%20file%23%3F.txt",
  "repositories/a/b/src/main/.hidden/..well/a.b/...",
  "repositories/a/b/src/main/x;v=1/x;y",
  "repositories/a/b/src/main/h%C3%A4user/häuser",
  "x?",
  "x?q=%2e%2e%5c%25%00&r=../..\\&s=a//b&t=?",
  "x?page=2#f",
])("what goes up is what came: %s", (rest) => {
  expect(read(`/api/bitbucket/2.0/${rest}`)).toStrictEqual({ root: "2.0", rest });
});

test("at Jira the first segment is the site's", () => {
  const path = "/api/jira/b9c1-22/rest/api/3/issue/EMU-1?fields=summary";
  const parts = { root: "b9c1-22", rest: "rest/api/3/issue/EMU-1?fields=summary" };
  expect(read(path, jira)).toStrictEqual(parts);
});

const HOSTILE = [
  ".",
  "..",
  "../user",
  "a/../b",
  "a/./b",
  "a/..",
  "a/.",
  // Decoded once, and decoded twice.
  "%2e%2e/x",
  "%2E",
  "a%2eb",
  ".%2e/x",
  "%252e%252e/x",
  "a%25b",
  "%%32%65",
  "%%32e%%32e/x",
  // Backslashes, as they are and in percent form.
  "..\\..\\x",
  "..%5c..%5cx",
  "a%5Cb",
  "a\\b",
  // Controls.
  "a%00",
  "a%09b",
  "%0d%0aSet-Cookie:x",
  "a%1fb",
  "a%7Fb",
  "a%C2%85b",
  "a\tb",
  "a\u0000b",
  "a\u007fb",
  "a\u0085b",
  // Empty segments, also those that a decoder would find.
  "/user",
  "a//b",
  "a//",
  "%2Fuser",
  "a%2F",
  "a%2F%2Fb",
  "a%2F/b",
  // Dots between decoded slashes.
  "a%2F..%2Fb",
  "..%2F..%2Fx",
  "a%2F.",
  ".%2Fa",
  // Path parameters, which some servers take off before they look for dots.
  "..;/x",
  "..;v=1/x",
  ".;/x",
  ";/x",
  "..%3B/x",
  "a%2F..;x%2Fb",
  // Not UTF-8, or no percent form at all.
  "%C0%AE%C0%AE/x",
  "%E0%80%AE",
  "%ff",
  "a%",
  "a%2",
  "a%zz",
  // The end of the path to a URL parser.
  "a#/../../b",
  // What a URL parser takes off.
  "a%2F.. ",
  "a b",
];

test.each(HOSTILE.map((rest) => [JSON.stringify(rest), rest]))("%s is refused", (_, rest) => {
  expect(read(`/api/bitbucket/2.0/${rest}`)).toBe("invalid_path");
  expect(read(`/api/jira/b9c1-22/${rest}`, jira)).toBe("invalid_path");
});

test.each(["..", ".", "%2e%2e", "a%5c..", "..;", ""])("no site has such an id: %o", (id) => {
  expect(read(`/api/jira/${id}/rest/api/3/myself`, jira)).toBe("invalid_path");
});

test.each([
  "/api/bitbucket",
  "/api/bitbucket/",
  "/api/bitbucket/2.0",
  "/api/bitbucket/2.0?x",
  "/api/bitbucket/1.0/user",
  "/api/bitbucket/2.0%2Fuser",
  "/api/bitbucket/20/user",
  "/api/jira/2.0/user",
  "/%61pi/bitbucket/2.0/user",
  "/API/bitbucket/2.0/user",
  "//api/bitbucket/2.0/user",
  "/x/../api/bitbucket/2.0/user",
  "/?/api/bitbucket/2.0/user",
  "",
])("nothing is at %s", (path) => {
  expect(read(path)).toBe("not_found");
});

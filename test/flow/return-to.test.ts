import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkReturnTo } from "../../src/flow/return-to.ts";

const PUBLIC = "https://auth.example.com";
const APP = "https://app.example.com";
const RULES = {
  publicOrigin: PUBLIC,
  allowedOrigins: new Set([PUBLIC, APP, "https://app.example.com:8443", "http://localhost:5173"]),
};
const check = (raw: string) => checkReturnTo(raw, RULES);

const ACCEPTED: readonly (readonly [raw: string, href: string])[] = [
  ["https://app.example.com", "https://app.example.com/"],
  ["https://app.example.com/", "https://app.example.com/"],
  ["https://app.example.com/deep/page?tab=2#top", "https://app.example.com/deep/page?tab=2#top"],
  ["https://app.example.com:8443/x", "https://app.example.com:8443/x"],
  ["http://localhost:5173/", "http://localhost:5173/"],
  ["https://auth.example.com/?provider=jira", "https://auth.example.com/?provider=jira"],
  ["https://auth.example.com/auth", "https://auth.example.com/auth"],
  ["https://auth.example.com/authors/", "https://auth.example.com/authors/"],
  ["https://app.example.com/auth/jira", "https://app.example.com/auth/jira"],
  // What goes out is what was parsed, never the raw text.
  ["HTTPS://APP.EXAMPLE.COM/x", "https://app.example.com/x"],
  ["https:app.example.com/x", "https://app.example.com/x"],
  ["https:///app.example.com/x", "https://app.example.com/x"],
  ["https://app.example.com:443/x", "https://app.example.com/x"],
  ["https://app.example.com/a/../b/./c", "https://app.example.com/b/c"],
  ["https://app.example.com/ü?q=é", "https://app.example.com/%C3%BC?q=%C3%A9"],
  ["https://app%2Eexample.com/", "https://app.example.com/"],
  ["https://app。example。com/", "https://app.example.com/"],
  ["https://app.example.com?evil.example", "https://app.example.com/?evil.example"],
  ["https://app.example.com#@evil.example", "https://app.example.com/#@evil.example"],
  ["https://app.example.com/%09/evil.example", "https://app.example.com/%09/evil.example"],
  ["https://app.example.com//evil.example", "https://app.example.com//evil.example"],
];

test.each(ACCEPTED)("%s goes out as %s", (raw, href) => {
  expect(check(raw)).toBe(href);
});

/** Open-redirect payloads as they are tried in the wild, and relatives of them. */
const REFUSED: readonly string[] = [
  "",
  // Not absolute.
  "/",
  "/page",
  "page",
  "?x",
  "#x",
  "//app.example.com",
  "//evil.example",
  "///evil.example",
  "////evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/%2f/evil.example",
  "/%5cevil.example",
  "/\t/evil.example",
  "/.evil.example",
  "https:/evil.example",
  "https:evil.example",
  "http:evil.example",
  "https:",
  "https://",
  "https:///",
  // Another host.
  "https://evil.example/",
  "https://evil.example/https://app.example.com/",
  "https://evil.example?https://app.example.com/",
  "https://evil.example#https://app.example.com/",
  "https://app.example.com.evil.example/",
  "https://app.example.comevil.example/",
  "https://evilapp.example.com/",
  "https://evil.app.example.com/",
  "https://example.com/",
  "https://app.example.com./",
  "https://app.example.co/",
  "https://app-example.com/",
  "https://appXexample.com/",
  "https://аpp.example.com/",
  "https://app.example.com%2eevil.example/",
  "https://app.example.com%252eevil.example/",
  "https://app.example.com%00.evil.example/",
  "https://app.example.com%09.evil.example/",
  "https://app.example.com%23.evil.example/",
  "https://app.example.com%2f@evil.example/",
  "https://app.example.com;evil.example/",
  "https://app.example.com,evil.example/",
  "https://app.example.com&evil.example/",
  "https://[app.example.com]/",
  "https://*.example.com/",
  "https://127.0.0.1/",
  "https://localhost:5173/",
  // Another port or scheme.
  "https://app.example.com:444/",
  "https://app.example.com:80/",
  "https://app.example.com:08444/",
  "https://app.example.com:99999/",
  "http://app.example.com/",
  "http://auth.example.com/",
  "http://localhost/",
  "http://localhost:5174/",
  "http://127.0.0.1:5173/",
  "http://[::1]:5173/",
  "ftp://app.example.com/",
  "ws://app.example.com/",
  "wss://app.example.com/",
  "blob:https://app.example.com/0b2f",
  "filesystem:https://app.example.com/temporary/x",
  "view-source:https://app.example.com/",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "javascript://app.example.com/%0aalert(1)",
  "javascript://https://app.example.com/?z=%0Aalert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD4=//app.example.com",
  "vbscript:msgbox(1)",
  "file:///etc/passwd",
  "about:blank",
  "intent://app.example.com/#Intent;scheme=https;end",
  "mailto:a@app.example.com",
  "null",
  // Userinfo.
  "https://app.example.com@evil.example/",
  "https://app.example.com:443@evil.example/",
  "https://app.example.com%40evil.example/",
  "https://evil.example@app.example.com/",
  "https://user:password@app.example.com/",
  "https://:password@app.example.com/",
  "https://user@app.example.com/",
  // Backslashes, white space and controls, which browsers and servers read differently.
  "https:\\\\evil.example",
  "https:/\\evil.example",
  "https://evil.example\\@app.example.com/",
  "https://app.example.com\\@evil.example/",
  "https://app.example.com\\.evil.example/",
  "https://app.example.com/\\evil.example",
  "https://app.example.com/?x=\\",
  " https://app.example.com/",
  "https://app.example.com/ ",
  "https://app.example.com/a b",
  "\thttps://app.example.com/",
  "https://app.example.com/\t",
  "ht\ttps://app.example.com/",
  "https://app.example.com\n.evil.example/",
  "https://app.example.com/\r\nSet-Cookie:x=1",
  "https://app.example.com/\u0000",
  "\u0000https://app.example.com/",
  "\u0001https://app.example.com/",
  "https://app.example.com/\u001f",
  "https://app.example.com/\u007f",
  "https://app.example.com/\u0085",
  "https://app.example.com/\u009f",
  // Our own routes: a flow that ends in a flow, or in the proxy.
  "https://auth.example.com/auth/jira",
  "https://auth.example.com/auth/",
  "https://auth.example.com/auth/jira/callback?code=x&state=y",
  "https://auth.example.com/api/jira/x",
  "https://auth.example.com/x/../auth/jira",
  "https://auth.example.com/./auth/jira",
  "https://auth.example.com/%61uth/jira",
  "https://auth.example.com/auth%2Fjira",
  "https://auth.example.com/%2e/auth/jira",
  "https://auth.example.com/api/%ff",
  "https://auth.example.com/%ff",
];

test.each(REFUSED)("%j may not be returned to", (raw) => {
  expect(check(raw)).toBeUndefined();
});

test("no control character, space or backslash passes, wherever it stands", () => {
  const unsafe = fc.constantFrom(
    "\\",
    ...Array.from({ length: 0x21 }, (_, code) => String.fromCharCode(code)),
    ...Array.from({ length: 0x21 }, (_, code) => String.fromCharCode(0x7f + code)),
  );
  const safe = "https://app.example.com/page?tab=2#top";
  fc.assert(
    fc.property(unsafe, fc.nat({ max: safe.length }), (character, at) => {
      expect(check(safe.slice(0, at) + character + safe.slice(at))).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

test("whatever is put together of dangerous parts, what goes out has an allowed origin", () => {
  const part = fc.constantFrom(
    ..."https:|http:|//|/|\\|@|:|.|?|#|%2f|%40|%00|;|app.example.com|evil.example|localhost|5173".split(
      "|",
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
      const href = check(parts.join(""));
      if (href === undefined) return;
      const url = new URL(href);
      expect(RULES.allowedOrigins).toContain(url.origin);
      expect(url.href).toBe(href);
      expect(url.username + url.password).toBe("");
    }),
    { numRuns: 5_000 },
  );
});

test("an address is at most 1,500 bytes as it goes out", () => {
  const withBytes = (bytes: number) => `${APP}/`.padEnd(bytes, "x");
  expect(check(withBytes(1_500))).toHaveLength(1_500);
  expect(check(withBytes(1_501))).toBeUndefined();
  // Three characters here are nine there.
  expect(check(`${APP}/${"ü".repeat(246)}`)).toHaveLength(24 + 6 * 246);
  expect(check(`${APP}/${"ü".repeat(247)}`)).toBeUndefined();
});

test("a raw text of more than 2,048 characters is refused, however short it would become", () => {
  const ofLength = (characters: number) => `${APP}/${"./".repeat(1_012)}`.padEnd(characters, "x");
  expect(check(ofLength(2_048))).toBe(`${APP}/`);
  expect(check(ofLength(2_049))).toBeUndefined();
});

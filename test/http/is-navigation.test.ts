import { HonoRequest } from "hono/request";
import { expect, test } from "vitest";
import { isCertainlyNoNavigation, isNavigation } from "../../src/http/is-navigation.ts";

type Headers = Record<string, string>;
const request = (headers: Headers) =>
  new HonoRequest(new Request("https://auth.example.com/", { headers }));

const HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

test.each<[headers: Headers, page: boolean]>([
  [{ "Sec-Fetch-Mode": "navigate" }, true],
  [{ "Sec-Fetch-Mode": "navigate", Accept: "application/json" }, true],
  [{ Accept: HTML }, true],
  [{}, false],
  [{ Accept: "*/*" }, false],
  [{ Accept: "application/json" }, false],
  [{ "Sec-Fetch-Mode": "cors" }, false],
  [{ "Sec-Fetch-Mode": "cors", Accept: HTML }, false],
  [{ "Sec-Fetch-Mode": "no-cors", Accept: HTML }, false],
  [{ "Sec-Fetch-Mode": "same-origin", Accept: HTML }, false],
])("%j: a person sees the answer? %s", (headers, page) => {
  expect(isNavigation(request(headers))).toBe(page);
});

test.each<[headers: Headers, certain: boolean]>([
  [{}, false],
  [{ Accept: HTML }, false],
  [{ "Sec-Fetch-Mode": "navigate" }, false],
  [{ "Sec-Fetch-Mode": "cors" }, true],
  [{ "Sec-Fetch-Mode": "no-cors" }, true],
  [{ "Sec-Fetch-Mode": "same-origin" }, true],
  [{ "Sec-Fetch-Mode": "websocket" }, true],
  [{ "Sec-Fetch-Mode": "navigate", "Sec-Purpose": "prefetch" }, true],
  [{ "Sec-Fetch-Mode": "navigate", "Sec-Purpose": "prefetch;prerender" }, true],
  [{ "Sec-Purpose": "prefetch;anonymous-client-ip" }, true],
  [{ Purpose: "prefetch" }, true],
  [{ "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" }, false],
  [{ "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe" }, true],
  [{ "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "object" }, true],
])("%j: certainly no navigation? %s", (headers, certain) => {
  expect(isCertainlyNoNavigation(request(headers))).toBe(certain);
});

// What comes back from a provider, at its worst: nothing of it acts on our origin.
import { expect, test } from "vitest";
import { EMULATOR_ORIGIN } from "../emulator-origin.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { openBrowser } from "./open-browser.ts";

useFreshEmulator();

const PATH = "/repositories/a/b";
const DOCUMENT = "<!doctype html><script>fetch('/connections/jira/token')</script>";
const DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";

/** `text()` would warn of types that are no text. */
const textOf = async (answer: Response) => new TextDecoder().decode(await answer.arrayBuffer());

type Fault = Parameters<typeof emulator.fault>[0];

async function answerTo(fault: Fault): Promise<Response> {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const cookies = [...browser.cookies];
  await emulator.fault({ path: PATH, ...fault });
  const answer = await browser.call("GET", `/api/bitbucket/2.0${PATH}`, {
    headers: { Origin: "https://app.example.com" },
  });
  expect([...browser.cookies]).toEqual(cookies);
  return answer;
}

/** Headers that would act on the origin they come from, or tell of another's. */
const NEVER = {
  "set-cookie": ["__Host-Http-latchkey=planted; Path=/; Secure; HttpOnly", "b=2"],
  "set-cookie2": "a=1",
  link: "<https://evil.example/x.css>; rel=preload; as=style",
  "www-authenticate": 'Basic realm="your password, please"',
  "proxy-authenticate": "Basic",
  "authentication-info": "nextnonce=1",
  "strict-transport-security": "max-age=0; includeSubDomains",
  "content-security-policy": "script-src * 'unsafe-inline'",
  "content-security-policy-report-only": "default-src *; report-uri https://evil.example/",
  "x-frame-options": "ALLOWALL",
  "x-content-type-options": "sniff",
  "x-xss-protection": "0",
  "referrer-policy": "unsafe-url",
  "permissions-policy": "camera=*",
  "cross-origin-opener-policy": "unsafe-none",
  "cross-origin-embedder-policy": "unsafe-none",
  "cross-origin-resource-policy": "cross-origin",
  "origin-agent-cluster": "?0",
  "access-control-allow-origin": "*",
  "access-control-allow-credentials": "false",
  "access-control-allow-headers": "*",
  "access-control-allow-methods": "*",
  "access-control-expose-headers": "*",
  "access-control-max-age": "86400",
  "timing-allow-origin": "*",
  "clear-site-data": '"*"',
  refresh: "0; url=https://evil.example/",
  "service-worker-allowed": "/",
  sourcemap: "https://evil.example/map",
  "alt-svc": 'h3="evil.example:443"; ma=86400',
  "public-key-pins": "max-age=1",
  "expect-ct": "max-age=1",
  nel: '{"report_to":"x","max_age":1}',
  "report-to": '{"group":"x","max_age":1,"endpoints":[{"url":"https://evil.example/"}]}',
  "reporting-endpoints": 'x="https://evil.example/"',
  "speculation-rules": '"/rules.json"',
  "critical-ch": "Sec-CH-UA",
  "accept-ch": "Sec-CH-UA",
  "x-dns-prefetch-control": "on",
  "x-permitted-cross-domain-policies": "all",
  "cache-control": "public, max-age=31536000, immutable",
  "cdn-cache-control": "max-age=31536000",
  expires: "Fri, 31 Dec 2100 00:00:00 GMT",
  pragma: "x",
  age: "1",
  vary: "*",
  "keep-alive": "timeout=5",
  "proxy-connection": "keep-alive",
  server: "emulated",
  "x-powered-by": "emulated",
  "content-location": "https://evil.example/",
  "content-disposition": 'inline; filename="x.html"',
  x_ratelimit_limit: "1",
  "x-latchkey": "1",
  "x-anything": "else",
};

const OURS: Readonly<Record<string, unknown>> = {
  "access-control-allow-credentials": "true",
  "access-control-allow-origin": "https://app.example.com",
  "access-control-expose-headers": expect.stringMatching(/^Accept-Ranges,[\w,-]+$/),
  "cache-control": "no-store",
  "content-disposition": "attachment",
  "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
  "content-type": "text/html",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  vary: "Origin",
  "x-content-type-options": "nosniff",
};

test("of the headers that act on an origin none gets to ours", async () => {
  const headers = { ...NEVER, "content-type": "text/html" };
  const answer = await answerTo({ headers, body: DOCUMENT });
  expect(Object.fromEntries(answer.headers)).toEqual({
    ...OURS,
    "content-length": String(DOCUMENT.length),
  });
  expect(await textOf(answer)).toBe(DOCUMENT);
});

const TYPES: readonly (readonly [type: string | string[], passed: string])[] = [
  ["text/html; charset=utf-7", "text/html; charset=utf-7"],
  ["image/svg+xml", "image/svg+xml"],
  [["application/json", "text/html"], "application/octet-stream"],
  ["nonsense", "application/octet-stream"],
  ["", "application/octet-stream"],
];

test.each(TYPES)("a body that says it is %j is a sandboxed attachment", async (type, passed) => {
  for (const body of [DOCUMENT, DRAWING]) {
    const answer = await answerTo({ headers: { "content-type": type }, body });
    expect(Object.fromEntries(answer.headers)).toMatchObject({ ...OURS, "content-type": passed });
    expect(await textOf(answer)).toBe(body);
  }
});

test("JSON is no attachment, and sandboxed all the same", async () => {
  const answer = await answerTo({ body: '{"a":"<script>"}' });
  const { "content-disposition": _, ...rest } = OURS;
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...rest,
    "content-type": "application/json; charset=utf-8",
  });
  expect(answer.headers.has("Content-Disposition")).toBe(false);
});

const LOCATIONS = [
  "javascript:alert(1)",
  "http://evil.example/",
  "https://auth.example.com/session",
];

test.each(LOCATIONS)("a redirect to %s leads nowhere", async (redirect) => {
  const answer = await answerTo({ redirect });
  expect(answer.status).toBe(302);
  expect(answer.headers.has("Location")).toBe(false);
});

test("a redirect never takes the token along", async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const answer = await answerTo({ redirect: `${EMULATOR_ORIGIN}/elsewhere`, status });
    expect(answer.status).toBe(status);
  }
  expect(await emulator.requests({ path: "elsewhere" })).toEqual([]);
});

test("headers of 60 KiB cost nothing but themselves", async () => {
  const answer = await answerTo({ headers: { "x-big": "x".repeat(60_000) }, body: "[]" });
  expect([answer.status, await textOf(answer)]).toEqual([200, "[]"]);
  expect(answer.headers.has("X-Big")).toBe(false);
});

test("what came of a body that never ends is there, and the caller can end it", async () => {
  const answer = await answerTo({ body: "first half and never the second", stall: true });
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value)).toBe("first half and ");
  await reader?.cancel();
  const [call] = await emulator.waitForRequests({ path: PATH, aborted: true }, 1);
  expect(call?.status).toBe(200);
});

test("a body that breaks off breaks off for the caller too", async () => {
  const answer = await answerTo({ body: "x".repeat(100), truncate: "reset" });
  await expect(textOf(answer)).rejects.toThrow("Network connection lost");
});

test.each([101, 600, 999])(
  "an answer of status %i is none, and no header of it gets to ours",
  async (status) => {
    const body = status === 101 ? "" : "{}";
    const headers = {
      location: "https://evil.example/",
      etag: '"theirs"',
      "content-encoding": "zstd",
    };
    const answer = await answerTo({ status, body, headers });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: "provider_unavailable" });
    for (const name of Object.keys(headers)) expect(answer.headers.has(name)).toBe(false);
  },
);

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { APP_ORIGIN, PUBLIC_URL } from "../worker-bindings.ts";
import { callWorker, NAVIGATION, problemOf } from "./call-worker.ts";
import { untouchableBindings } from "./untouchable-bindings.ts";

useFreshEmulator();

const start = (path: string, headers: Record<string, string> = {}, bindings = {}) =>
  callWorker(path, { headers: { ...NAVIGATION, ...headers }, bindings });
const locationOf = (response: Response) => new URL(response.headers.get("Location") ?? "");

/** The authorization URL without what is random in it. */
function fixedPart(response: Response): string {
  const url = locationOf(response);
  for (const name of ["state", "code_challenge"]) url.searchParams.set(name, "random");
  return url.href;
}

test.each(["bitbucket", "jira"])(
  "a start of %s redirects to the consent page",
  async (provider) => {
    const response = await start(`/auth/${provider}`);
    expect(response.status).toBe(302);
    expect(response.headers.getSetCookie()).toHaveLength(1);
    const { searchParams } = locationOf(response);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: "code",
      redirect_uri: `${PUBLIC_URL}/auth/${provider}/callback`,
      code_challenge_method: "S256",
      state: expect.stringMatching(/^[A-Za-z0-9_-]{22,}$/),
      code_challenge: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    });
  },
);

test("a start asks neither KV nor an object nor a provider", async () => {
  const { bindings, touched } = untouchableBindings();
  const response = await start("/auth/jira", {}, bindings);
  expect(response.status).toBe(302);
  expect(touched).toStrictEqual([]);
  expect(await emulator.requests()).toStrictEqual([]);
  expect((await env.TOKENS.list()).keys).toStrictEqual([]);
});

test.each([
  "client_id=evil",
  "scope=admin&scope=x",
  "redirect_uri=https://evil.example/",
  "state=evil&code_challenge=evil&code_challenge_method=plain",
  "response_type=token&response_mode=fragment&prompt=none&audience=evil&login_hint=x",
  "returnTo=https://evil.example/&next=//evil.example",
  "provider=bitbucket",
])("no other parameter gets into the authorization URL: %s", async (query) => {
  const [plain, tried] = [await start("/auth/jira"), await start(`/auth/jira?${query}`)];
  expect(fixedPart(tried)).toBe(fixedPart(plain));
  const names = [...locationOf(tried).searchParams.keys()];
  expect(new Set(names).size).toBe(names.length);
});

const evil = encodeURIComponent("https://evil.example/");
const app = encodeURIComponent(`${APP_ORIGIN}/page`);

test.each([
  ["empty", "return_to="],
  ["without a value", "return_to"],
  ["given twice", `return_to=${app}&return_to=${app}`],
  ["given twice, once empty", `return_to=${app}&return_to=`],
  ["given as a list", `return_to[]=${app}&return_to=`],
  ["of another origin", `return_to=${evil}`],
  ["relative", "return_to=/page"],
  ["without a scheme", "return_to=//app.example.com/"],
  ["a script", "return_to=javascript:alert(1)"],
  ["a blob of an allowed origin", "return_to=blob:https://app.example.com/x"],
  ["with a backslash", "return_to=https://app.example.com%5C@evil.example/"],
  ["with a line break", "return_to=https://app.example.com/%0d%0aSet-Cookie:x=1"],
  ["with credentials", "return_to=https://a:b@app.example.com/"],
  ["into a flow", `return_to=${encodeURIComponent(`${PUBLIC_URL}/auth/jira`)}`],
  ["into the proxy", `return_to=${encodeURIComponent(`${PUBLIC_URL}/api/jira/x`)}`],
  ["too long", `return_to=${app}${"x".repeat(1_500)}`],
])("a return_to that is %s starts nothing", async (_, query) => {
  const response = await start(`/auth/jira?${query}`, { "Sec-Fetch-Mode": "navigate" });
  expect(response.status).toBe(400);
  expect(response.headers.get("Location")).toBeNull();
  expect(response.headers.getSetCookie()).toStrictEqual([]);
  const told = await callWorker(`/auth/jira?${query}`);
  expect(await problemOf(told)).toBe("400 invalid_return_to");
});

test("a return_to is nowhere in the authorization URL", async () => {
  const response = await start(`/auth/jira?return_to=${app}`);
  expect(decodeURIComponent(locationOf(response).href)).not.toContain(APP_ORIGIN);
});

test.each<[what: string, headers: Record<string, string>]>([
  ["a fetch", { "Sec-Fetch-Mode": "cors" }],
  ["a fetch without CORS", { "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" }],
  ["a prefetch", { "Sec-Purpose": "prefetch" }],
  ["a prerender", { "Sec-Purpose": "prefetch;prerender" }],
  ["an older prefetch", { Purpose: "prefetch" }],
])("%s starts nothing", async (_, headers) => {
  const response = await start("/auth/jira", headers);
  expect(response.status).toBe(403);
  expect(response.headers.get("Location")).toBeNull();
  expect(response.headers.getSetCookie()).toStrictEqual([]);
  const told = await start("/auth/jira", { Accept: "*/*", "Sec-Fetch-Mode": "cors", ...headers });
  expect(await problemOf(told)).toBe("403 navigation_required");
});

test.each(["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])("a %s starts nothing", async (method) => {
  const response = await callWorker("/auth/jira", { method, headers: NAVIGATION });
  expect(response.status).toBe(405);
  expect(response.headers.get("Allow")).toBe("GET");
  expect(response.headers.getSetCookie()).toStrictEqual([]);
});

test.each<[path: string, problem: string]>([
  ["/auth/github", "404 unknown_provider"],
  ["/auth/Jira", "404 unknown_provider"],
  ["/auth/__proto__", "404 unknown_provider"],
  ["/auth/constructor", "404 unknown_provider"],
  ["/auth/jira%00", "404 unknown_provider"],
  ["/auth/%E0%A4", "404 unknown_provider"],
  ["/auth/jira%2Fcallback", "404 unknown_provider"],
  ["/auth/", "404 not_found"],
  ["/auth/jira/", "404 not_found"],
  ["/auth/jira/callback/", "404 not_found"],
  ["/auth//callback", "404 not_found"],
  ["//auth/jira", "404 not_found"],
  ["/AUTH/jira", "404 not_found"],
])("%s leads nowhere", async (path, problem) => {
  const response = await callWorker(PUBLIC_URL + path);
  expect(response.headers.get("Location")).toBeNull();
  expect(await problemOf(response)).toBe(problem);
});

const NO_JIRA = { ATLASSIAN_CLIENT_ID: "", ATLASSIAN_CLIENT_SECRET: "" };

test.each(["/auth/jira", "/auth/jira/callback?code=x&state=y"])(
  "a provider that is not configured has no %s",
  async (path) => {
    const response = await callWorker(path, { bindings: NO_JIRA });
    expect(await problemOf(response)).toBe("404 provider_not_configured");
  },
);

/** Who may start a flow at once, and who is asked first. */
const STARTS: readonly (readonly [site: string | undefined, query: string, atOnce: boolean])[] = [
  [undefined, "", true],
  ["none", "", true],
  ["same-origin", "", true],
  ["same-site", `?return_to=${app}`, true],
  ["none", `?return_to=${app}`, true],
  ["same-site", "", false],
  ["same-site", `?return_to=${encodeURIComponent(`${PUBLIC_URL}/`)}`, false],
  ["cross-site", "", false],
  ["cross-site", `?return_to=${app}`, false],
  ["", "", false],
  ["Same-Origin", "", false],
  ["something-new", `?return_to=${app}`, false],
];

test.each(STARTS)("from %s with %j a flow starts at once: %s", async (site, query, atOnce) => {
  const headers = {
    "Sec-Fetch-Mode": "navigate",
    ...(site === undefined ? {} : { "Sec-Fetch-Site": site }),
  };
  const response = await callWorker(`/auth/jira${query}`, { headers });
  expect(response.status).toBe(atOnce ? 302 : 200);
  expect(response.headers.getSetCookie()).toHaveLength(atOnce ? 1 : 0);
  expect(response.headers.has("Location")).toBe(atOnce);
});

test("who is asked first gets a page with a link to the very same request, and nothing of it", async () => {
  const headers = { ...NAVIGATION, "Sec-Fetch-Site": "cross-site" };
  const [plain, tried] = await Promise.all([
    callWorker("/auth/jira", { headers }),
    callWorker(`/auth/jira?return_to=${app}&CANARY=%3Cscript%3E`, { headers }),
  ]);
  expect(plain.headers.get("Content-Type")).toMatch(/^text\/html\b/);
  expect(plain.headers.get("Refresh")).toBeNull();
  const page = await plain.text();
  expect(page).toMatch(/<a [^>]*href=""/);
  expect(page).not.toMatch(/<script|<form|<meta http-equiv|<iframe|<img|\son\w+=/i);
  expect(await tried.text()).toBe(page);
});

test("asking first needs an address that may be returned to, as a start does", async () => {
  const headers = { ...NAVIGATION, "Sec-Fetch-Site": "cross-site" };
  const response = await callWorker(`/auth/jira?return_to=${evil}`, { headers });
  expect(response.status).toBe(400);
});

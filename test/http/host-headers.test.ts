import { expect, test } from "vitest";
import { useFreshEmulator } from "../journeys/journey-emulator.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";
import { API, callWorker, NAVIGATION } from "./call-worker.ts";
import { connectedBrowser, cookieHeader } from "./connected-browser.ts";

useFreshEmulator();

const FORGED = {
  "X-Forwarded-Host": "evil.example",
  "X-Forwarded-Proto": "http",
  "X-Forwarded-Port": "8080",
  "X-Forwarded-Server": "evil.example",
  "X-Forwarded-Prefix": "/evil",
  "X-Host": "evil.example",
  "X-Original-Host": "evil.example",
  "X-Original-URL": "/evil",
  "X-Rewrite-URL": "/evil",
  "X-HTTP-Method-Override": "DELETE",
  Forwarded: "host=evil.example;proto=http",
};
/** The Worker sees the `Host` of a request as its URL. */
const HOSTS = ["https://evil.example", "http://auth.example.com", "https://auth.example.com:8443"];

test.each(HOSTS)("a start at %s is a start at PUBLIC_URL", async (host) => {
  const headers = { ...NAVIGATION, ...FORGED };
  const response = await callWorker(`${host}/auth/jira`, { headers });
  const { searchParams } = new URL(response.headers.get("Location") ?? "");
  expect(searchParams.get("redirect_uri")).toBe(`${PUBLIC_URL}/auth/jira/callback`);
  expect([...response.headers].join()).not.toMatch(/evil|8443/);
  expect(response.headers.getSetCookie().join()).not.toMatch(/domain=/i);
});

test.each(HOSTS)("a callback at %s ends at PUBLIC_URL", async (host) => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("jira"));
  const headers = { ...NAVIGATION, ...FORGED, Cookie: cookieHeader(browser.cookies) };
  const response = await callWorker(callback.replace(PUBLIC_URL, host), { headers });
  expect(response.headers.get("Location")).toBe(`${PUBLIC_URL}/?provider=jira&outcome=connected`);
  expect(response.headers.getSetCookie().join()).not.toMatch(/domain=/i);
});

test.each(HOSTS)("links in answers of %s are those of PUBLIC_URL", async (host) => {
  const { cookie } = await connectedBrowser();
  const headers = { ...API, ...FORGED, Cookie: cookie };
  const paths = ["/connections", "/connections/jira", "/connections/bitbucket/token"];
  for (const path of paths) {
    const [forged, plain] = await Promise.all([
      callWorker(host + path, { headers }),
      callWorker(path, { headers: { ...API, Cookie: cookie } }),
    ]);
    const text = await forged.text();
    expect(text).toBe(await plain.text());
    expect(text).toContain(`"connect_url":"${PUBLIC_URL}/auth/`);
  }
});

test("a host that is called does not become an allowed origin", async () => {
  const headers = { ...API, Origin: "https://evil.example" };
  const response = await callWorker("https://evil.example/connections", { headers });
  expect(response.status).toBe(403);
  expect(response.headers.has("Access-Control-Allow-Origin")).toBe(false);
  const returning = `https://evil.example/auth/jira?return_to=https://evil.example/`;
  expect((await callWorker(returning, { headers: NAVIGATION })).status).toBe(400);
});

test("PUBLIC_URL is what the configuration says", async () => {
  const bindings = { PUBLIC_URL: "https://other.example.org/" };
  const start = await callWorker("/auth/bitbucket", { headers: NAVIGATION, bindings });
  const { searchParams } = new URL(start.headers.get("Location") ?? "");
  expect(searchParams.get("redirect_uri")).toBe(
    "https://other.example.org/auth/bitbucket/callback",
  );
});

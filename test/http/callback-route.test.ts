import { expect, test } from "vitest";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { type Browser, openBrowser } from "../journeys/open-browser.ts";
import { APP_ORIGIN, PUBLIC_URL } from "../worker-bindings.ts";
import { arrivingBrowser, changed, exchanges, outcomeOf } from "./arriving-browser.ts";
import { callWorker, NAVIGATION } from "./call-worker.ts";
import { connectedBrowser, SESSION_COOKIE } from "./connected-browser.ts";
import { readStatuses } from "../journeys/read-statuses.ts";

useFreshEmulator();

test.each<[error: string, parameters: Record<string, string>]>([
  ["access_denied", { outcome: "denied" }],
  ["server_error", { outcome: "failed", reason: "provider_unavailable" }],
  ["temporarily_unavailable", { outcome: "failed", reason: "provider_unavailable" }],
  ["unauthorized_client", { outcome: "failed", reason: "provider_misconfigured" }],
  ["invalid_client", { outcome: "failed", reason: "provider_misconfigured" }],
  ["invalid_scope", { outcome: "failed", reason: "provider_rejected" }],
  ["<script>alert(1)</script>", { outcome: "failed", reason: "provider_rejected" }],
])("the provider's error %s ends in %j, also beside a code", async (error, parameters) => {
  for (const keepsCode of [false, true]) {
    const { browser, callback } = await arrivingBrowser();
    const failed = changed(callback, (query) => {
      if (!keepsCode) query.delete("code");
      query.set("error", error);
      query.set("error_description", "CANARY <b>text</b>");
    });
    const response = await browser.arrive(failed);
    expect(response.status).toBe(303);
    expect(outcomeOf(response)).toStrictEqual({ provider: "jira", ...parameters });
  }
  expect(await exchanges()).toBe(0);
});

test("a failed or denied attempt leaves a connection untouched, and gives no session", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  const before = await tokenOf(browser);
  for (const decision of ["deny", "error:server_error", "error:invalid_scope"]) {
    const callback = await browser.consent(await browser.start("jira"), { decision });
    const response = await browser.arrive(callback);
    const given = response.headers.getSetCookie().filter((line) => !line.includes("Max-Age=0"));
    expect(given).toStrictEqual([]);
  }
  expect(await tokenOf(browser)).toBe(before);
});

async function tokenOf(browser: Browser): Promise<unknown> {
  const response = await browser.call("GET", "/connections/jira/token");
  return (await response.json<Record<string, unknown>>())["access_token"];
}

test("the verifier that is sent fits the challenge that was shown, and was never seen before", async () => {
  const { browser, callback, state } = await arrivingBrowser();
  const [authorize] = await emulator.requests({ endpoint: "authorize" });
  const response = await browser.arrive(callback);
  const [exchange] = await emulator.requests({ endpoint: "token" });
  const verifier = String(exchange?.body["code_verifier"]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const challenge = new Uint8Array(digest).toBase64({ alphabet: "base64url", omitPadding: true });
  expect(authorize?.query["code_challenge"]).toBe(challenge);
  expect(authorize?.url).not.toContain(verifier);
  expect(verifier).not.toBe(state);
  expect([...response.headers].join()).not.toContain(verifier);
});

test.each(["bitbucket", "jira"])(
  "what %s gave is in no header that the browser gets",
  async (provider) => {
    const { browser, callback, state } = await arrivingBrowser(
      provider,
      `?return_to=${APP_ORIGIN}/`,
    );
    const response = await browser.arrive(callback);
    expect(outcomeOf(response)).toMatchObject({ outcome: "connected" });
    const reading = await browser.call("GET", `/connections/${provider}/token`);
    const { access_token: token } = await reading.json<Record<string, string>>();
    const code = new URL(callback).searchParams.get("code") ?? "";
    const told = decodeURIComponent([...response.headers].join()) + (await response.text());
    expect(told).toContain(APP_ORIGIN);
    for (const secret of [code, state, token ?? ""]) {
      expect(secret).not.toBe("");
      expect(told).not.toContain(secret);
    }
  },
);

test("the browser ends where it was sent from, query and fragment kept", async () => {
  const returnTo = encodeURIComponent(`${APP_ORIGIN}/page?tab=2&outcome=old#top`);
  const { browser, callback } = await arrivingBrowser("jira", `?return_to=${returnTo}`);
  const response = await browser.arrive(callback);
  expect(response.status).toBe(303);
  expect(response.headers.get("Location")).toBe(
    `${APP_ORIGIN}/page?tab=2&provider=jira&outcome=connected#top`,
  );
});

test("an address that may no longer be returned to is not returned to", async () => {
  const { callback, cookie } = await arrivingBrowser("jira", `?return_to=${APP_ORIGIN}/page`);
  const response = await callWorker(callback, {
    headers: { ...NAVIGATION, Cookie: cookie },
    bindings: { APP_ORIGINS: "" },
  });
  expect(response.headers.get("Location")).toBe(`${PUBLIC_URL}/?provider=jira&outcome=connected`);
});

test("the owner is the flow's, whatever session cookie comes along", async () => {
  const other = await connectedBrowser();
  const { browser, callback, cookie } = await arrivingBrowser("bitbucket");
  const response = await callWorker(callback, {
    headers: { ...NAVIGATION, Cookie: `${cookie}; ${other.cookie}` },
  });
  expect(outcomeOf(response)).toMatchObject({ outcome: "connected" });
  const [given = ""] = response.headers
    .getSetCookie()
    .filter((line) => !line.includes("Max-Age=0"));
  browser.cookies.set(SESSION_COOKIE, given.split(/[=;]/)[1] ?? "");
  expect(await readStatuses(browser)).toStrictEqual(["connected", "not_connected"]);
  expect(await readStatuses(other.browser)).toStrictEqual(["not_connected", "connected"]);
});

import { expect, test } from "vitest";
import { emulatorUrls } from "../emulator/emulator-urls.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { EMULATOR_ORIGIN } from "../emulator-origin.ts";
import { arrivingBrowser, changed, outcomeOf, REFUSED, traceOf } from "./arriving-browser.ts";
import { callWorker, NAVIGATION, problemOf } from "./call-worker.ts";

useFreshEmulator();

/** What leads to no flow: the true callback goes through afterwards as if nothing had been. */
const STRANGERS: readonly (readonly [what: string, change: (query: URLSearchParams) => void])[] = [
  ["no state", (query) => query.delete("state")],
  ["an empty state", (query) => query.set("state", "")],
  ["an unknown state", (query) => query.set("state", "A".repeat(43))],
  ["the state twice", (query) => query.append("state", query.get("state") ?? "")],
  ["another state before it", (query) => query.append("state", "x")],
  ["a shorter state", (query) => query.set("state", (query.get("state") ?? "").slice(1))],
  ["a state of 8,000 characters", (query) => query.set("state", "x".repeat(8_000))],
  ["a state with a NUL", (query) => query.set("state", `${query.get("state")}\0`)],
  [
    "the state under a similar name",
    (query) => {
      query.set("State", query.get("state") ?? "");
      query.delete("state");
    },
  ],
];

test.each(STRANGERS)("%s belongs to no flow, and uses none up", async (_, change) => {
  const { browser, callback } = await arrivingBrowser();
  expect(await traceOf(await browser.arrive(changed(callback, change)))).toStrictEqual(REFUSED);
  expect(outcomeOf(await browser.arrive(callback))).toMatchObject({ outcome: "connected" });
});

/** What arrives for a flow but can't be trusted: the flow is used up. */
const UNTRUSTED: readonly (readonly [what: string, change: (query: URLSearchParams) => void])[] = [
  ["no code", (query) => query.delete("code")],
  ["an empty code", (query) => query.set("code", "")],
  ["the code twice", (query) => query.append("code", query.get("code") ?? "")],
  ["another code beside it", (query) => query.append("code", "x")],
  ["a foreign iss", (query) => query.set("iss", "https://evil.example")],
  ["an empty iss", (query) => query.set("iss", "")],
  ["the other provider's iss", (query) => query.set("iss", "https://bitbucket.org")],
  [
    "an error of a foreign iss",
    (query) => {
      query.set("iss", "https://evil.example");
      query.set("error", "access_denied");
    },
  ],
  [
    "two errors",
    (query) => {
      query.append("error", "access_denied");
      query.append("error", "server_error");
    },
  ],
];

test.each(UNTRUSTED)(
  "with %s a callback is not trusted, and its flow is used up",
  async (_, change) => {
    const { callback, cookie } = await arrivingBrowser();
    const headers = { ...NAVIGATION, Cookie: cookie };
    const first = await callWorker(changed(callback, change), { headers });
    expect(await traceOf(first)).toStrictEqual(REFUSED);
    // The true one comes with the same cookie, as if the browser had kept it.
    expect(await traceOf(await callWorker(callback, { headers }))).toStrictEqual(REFUSED);
  },
);

test("the provider's own issuer is welcome, to the letter", async () => {
  const issuer = emulatorUrls(EMULATOR_ORIGIN).ATLASSIAN_AUTH_URL;
  await emulator.configure({ sendIss: `${issuer}/` });
  const wrong = await arrivingBrowser();
  expect(await traceOf(await wrong.browser.arrive(wrong.callback))).toStrictEqual(REFUSED);
  await emulator.configure({ sendIss: issuer });
  const { browser, callback } = await arrivingBrowser();
  expect(outcomeOf(await browser.arrive(callback))).toMatchObject({ outcome: "connected" });
});

test.each(["bitbucket", "jira"])(
  "a state minted for %s is refused at the other callback",
  async (provider) => {
    const { browser, callback } = await arrivingBrowser(provider);
    const other = provider === "jira" ? "bitbucket" : "jira";
    expect(
      await traceOf(
        await browser.arrive(callback.replace(`/auth/${provider}/`, `/auth/${other}/`)),
      ),
    ).toStrictEqual(REFUSED);
  },
);

test("a callback is refused in a browser that started no flow, or another one", async () => {
  const { callback } = await arrivingBrowser();
  expect(await traceOf(await openBrowser().arrive(callback))).toStrictEqual(REFUSED);
  const { browser } = await arrivingBrowser();
  expect(await traceOf(await browser.arrive(callback))).toStrictEqual(REFUSED);
});

test("a flow cookie under another flow's name does not open", async () => {
  const [mine, other] = [await arrivingBrowser(), await arrivingBrowser()];
  const planted = `${mine.cookieName}=${other.box}`;
  const headers = { ...NAVIGATION, Cookie: planted };
  expect(await traceOf(await callWorker(mine.callback, { headers }))).toStrictEqual(REFUSED);
});

test("a flow cookie that was tampered with does not open", async () => {
  const { callback, cookieName, box } = await arrivingBrowser();
  for (const at of [0, 1, 10, 40, 60, box.length - 1]) {
    const flipped = box[at] === "A" ? "B" : "A";
    const tampered = box.slice(0, at) + flipped + box.slice(at + 1);
    const headers = { ...NAVIGATION, Cookie: `${cookieName}=${tampered}` };
    expect(await traceOf(await callWorker(callback, { headers }))).toStrictEqual(REFUSED);
  }
});

test("a flow under a sealing key that was removed is none", async () => {
  const { callback, cookie } = await arrivingBrowser();
  const bindings = { SEALING_KEYS: `k1:${"B".repeat(42)}A` };
  const headers = { ...NAVIGATION, Cookie: cookie };
  expect(await traceOf(await callWorker(callback, { headers, bindings }))).toStrictEqual(REFUSED);
});

test("what can't be trusted is told as a page to a person and as a problem to a program", async () => {
  const path = "/auth/jira/callback?code=x&state=y";
  expect(await problemOf(await callWorker(path))).toBe("400 invalid_flow");
  const page = await callWorker(path, { headers: NAVIGATION });
  expect(page.headers.get("Content-Type")).toMatch(/^text\/html\b/);
});

import { afterEach, expect, test, vi } from "vitest";
import { useFreshEmulator } from "../journeys/journey-emulator.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { APP_ORIGIN, PUBLIC_URL } from "../worker-bindings.ts";
import { API, callWorker, NAVIGATION } from "./call-worker.ts";
import { cookieHeader, FLOW_COOKIE } from "./connected-browser.ts";

useFreshEmulator();
afterEach(() => void vi.useRealTimers());

const ATTRIBUTES = "Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax";

const start = (cookie: string, path = "/auth/jira") =>
  callWorker(path, { headers: { ...NAVIGATION, Cookie: cookie } });
const linesOf = (response: Response) =>
  response.headers.getSetCookie().map((line) => {
    const [pair = "", ...attributes] = line.split("; ");
    const [name = "", value = ""] = pair.split("=");
    return { name, value, attributes: attributes.join("; ") };
  });

test("a flow cookie has a name of its own, a sealed value, and exactly these attributes", async () => {
  const [first] = linesOf(await start(""));
  const [second] = linesOf(await start(""));
  expect(first).toStrictEqual({
    name: expect.stringMatching(FLOW_COOKIE),
    value: expect.stringMatching(/^[\w-]{100,}$/),
    attributes: ATTRIBUTES,
  });
  expect(second?.name).not.toBe(first?.name);
});

test("with the longest return_to it is still under 4,096 bytes", async () => {
  const longest = `${APP_ORIGIN}/`.padEnd(1_500, "x");
  const response = await start("", `/auth/bitbucket?return_to=${encodeURIComponent(longest)}`);
  const [line = ""] = response.headers.getSetCookie();
  expect(line).not.toBe("");
  expect(new TextEncoder().encode(line).length).toBeLessThan(4_096);
});

test("five flows are kept side by side, of both providers; the oldest goes first", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const browser = openBrowser();
  const started: string[] = [];
  for (let count = 1; count <= 7; count += 1) {
    vi.setSystemTime(Date.now() + 1_000);
    await browser.start(count % 2 === 0 ? "jira" : "bitbucket");
    const [newest] = [...browser.cookies.keys()].filter((name) => !started.includes(name));
    started.push(newest ?? "");
  }
  expect(new Set(started).size).toBe(7);
  expect([...browser.cookies.keys()].toSorted()).toStrictEqual(started.slice(2).toSorted());
});

test("a flow that expired makes room, and its cookie goes", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const browser = openBrowser();
  await browser.start("jira");
  vi.setSystemTime(Date.now() + 600_000);
  const lines = linesOf(await start(cookieHeader(browser.cookies)));
  const [expired] = browser.cookies.keys();
  expect(lines).toStrictEqual([
    { name: expired, value: "", attributes: ATTRIBUTES.replace("600", "0") },
    { name: expect.stringMatching(FLOW_COOKIE), value: expect.any(String), attributes: ATTRIBUTES },
  ]);
});

test("a flow whose cookie was tampered with is not kept, and its owner is not taken over", async () => {
  const browser = openBrowser();
  await browser.start("jira");
  const [[name = "", value = ""] = []] = browser.cookies;
  const tampered = `${name}=${value.slice(0, -4)}AAAA`;
  const lines = linesOf(await start(tampered));
  expect(lines[0]).toStrictEqual({ name, value: "", attributes: ATTRIBUTES.replace("600", "0") });
});

const ODD_NAMES = ["", "a b", '"quoted"', "a,b", "a/b", "(a)", "a@b", "x".repeat(300)];

test.each(ODD_NAMES)("a planted flow cookie called %j is in nobody's way", async (suffix) => {
  const cookie = `__Host-Http-latchkey-flow-${suffix}=planted`;
  expect((await start(cookie)).status).toBe(302);
  const headers = { ...API, Cookie: cookie };
  const forget = await callWorker("/session", { method: "DELETE", headers });
  expect(forget.status).toBe(200);
});

test("a flow cookie is cleared by the callback that used it, with the same attributes", async () => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("jira"));
  const [name] = browser.cookies.keys();
  const response = await browser.arrive(callback);
  expect(linesOf(response)[0]).toStrictEqual({
    name,
    value: "",
    attributes: ATTRIBUTES.replace("600", "0"),
  });
});

test("forgetting clears every flow cookie and the session cookie", async () => {
  const browser = openBrowser();
  await browser.connect("jira");
  await browser.start("jira");
  await browser.start("bitbucket");
  expect(browser.cookies.size).toBe(3);
  await browser.call("DELETE", "/session");
  expect(browser.cookies.size).toBe(0);
});

test("cookies are read from the Cookie header alone", async () => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("jira"));
  const cookie = cookieHeader(browser.cookies);
  const response = await callWorker(callback, {
    headers: { ...NAVIGATION, "X-Cookie": cookie, Cookies: cookie, "Set-Cookie": cookie },
  });
  expect(response.status).toBe(400);
  const [name, value] = cookie.split("=");
  const query = await callWorker(`${callback}&${name}=${value}`, { headers: NAVIGATION });
  expect(query.status).toBe(400);
  expect(PUBLIC_URL).toBe(new URL(callback).origin);
});

test("of two flow cookies with one name neither counts", async () => {
  const browser = openBrowser();
  const callback = await browser.consent(await browser.start("jira"));
  const [[name = "", value = ""] = []] = browser.cookies;
  for (const planted of [value, "planted"]) {
    const cookies = [
      `${name}=${value}; ${name}=${planted}`,
      `${name}=${planted}; ${name}=${value}`,
    ];
    for (const cookie of cookies) {
      const headers = { ...NAVIGATION, Cookie: cookie };
      expect((await callWorker(callback, { headers })).status).toBe(400);
    }
  }
});

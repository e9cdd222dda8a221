import { reset } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { holdNextCall } from "./hold-next-call.ts";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { kvRecordOf } from "./kv-copy.ts";
import { openBrowser } from "./open-browser.ts";
import { forceRefresh, readToken } from "./read-token.ts";

useFreshEmulator();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

test("a person connects both providers and a front-end reads a token of each", async () => {
  const browser = openBrowser();
  const end = await browser.connect("bitbucket");
  expect(end.href).toBe("https://auth.example.com/?provider=bitbucket&outcome=connected");
  await browser.connect("jira");

  const list = await browser.call("GET", "/connections");
  expect(await list.json()).toMatchObject({
    connections: [
      { provider: "bitbucket", status: "connected" },
      { provider: "jira", status: "connected" },
    ],
  });
  const token = await browser.call("GET", "/connections/jira/token");
  expect(await token.json()).toMatchObject({ token_type: "Bearer" });
});

test("a refresh that is stored while a consent's tokens are sealed counts as the one before", async () => {
  const browser = openBrowser();
  await browser.connect("jira", { account: "alice" });
  const token = await readToken(browser, "jira");
  const callback = await browser.consent(await browser.start("jira"), { account: "bob" });
  const sealing = holdNextCall(crypto.subtle, "encrypt");
  const arrival = browser.arrive(callback);
  await expect.poll(sealing.isHeld).toBe(true);
  expect((await forceRefresh(browser, "jira", token)).status).toBe(200);
  sealing.release();
  expect((await arrival).headers.get("Location")).toContain("outcome=connected");

  await kvRecordOf("jira", ({ version }) => version === 3);
  expect(await emulator.whose(await readToken(browser, "jira"))).toMatchObject({ account: "bob" });
});

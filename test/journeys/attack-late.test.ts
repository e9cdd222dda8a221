// What a proxied call learned of the session before it waited for a slow provider.
import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { emulator, useFreshEmulator } from "./journey-emulator.ts";
import { kvKeyOf, kvRecordOf } from "./kv-copy.ts";
import { openBrowser } from "./open-browser.ts";

useFreshEmulator();
beforeEach(() => reset());

const path = "/repositories/a/b";

test.each([
  ["after a disconnect", false],
  ["after a disconnect, and the answer of a slow call that began before it", true],
])("a stale copy of the token is not served %s", async (_, isSlow) => {
  const browser = openBrowser();
  await browser.connect("bitbucket");
  const first = JSON.parse(await kvRecordOf("bitbucket")) as { version: number };
  // Renewed in the middle of the call; its second try waits at the provider.
  await emulator.fault({ path, status: 401, body: "{}" });
  if (isSlow) await emulator.fault({ path, hold: "slow" });
  const call = browser.call("GET", `/api/bitbucket/2.0${path}`);
  await emulator.waitForRequests({ path }, 2);
  if (!isSlow) await call;
  const key = await kvKeyOf("bitbucket");
  const record = await kvRecordOf("bitbucket", ({ version }) => version > first.version);
  await browser.call("DELETE", "/connections/bitbucket");
  if (isSlow) await emulator.release("slow");
  await call;
  // The copy of another place, where the deletion has not arrived.
  await env.TOKENS.put(key, record);
  expect((await browser.call("GET", "/connections/bitbucket/token")).status).toBe(401);
});

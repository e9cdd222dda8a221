import { expect, test } from "vitest";
import { providerFetch } from "../../src/oauth/provider-fetch.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { EMULATOR_ORIGIN } from "../emulator-origin.ts";

useFreshEmulator();

test.each([301, 302, 303, 307, 308])(
  "a %s is an answer; nobody goes where it points",
  async (status) => {
    await emulator.fault({ path: "/from", status, redirect: `${EMULATOR_ORIGIN}/to` });
    const response = await providerFetch(`${EMULATOR_ORIGIN}/from`, {
      method: "POST",
      headers: { authorization: "Bearer CANARY" },
      body: "secret=CANARY",
      redirect: "follow",
    });
    expect(response.status).toBe(status);
    const paths = (await emulator.requests()).map(({ path }) => path);
    expect(paths).toStrictEqual(["/from"]);
  },
);

test("every call says who calls, and keeps its own headers", async () => {
  await providerFetch(`${EMULATOR_ORIGIN}/x`, { headers: { accept: "application/json" } });
  const [request] = await emulator.requests();
  expect(request?.headers).toMatchObject({
    accept: "application/json",
    "user-agent": "Latchkey",
  });
});

test("nobody else's name stands beside ours", async () => {
  await providerFetch(`${EMULATOR_ORIGIN}/x`, { headers: { "user-agent": "a library" } });
  const [request] = await emulator.requests();
  expect(request?.headers).toMatchObject({ "user-agent": "Latchkey" });
});

test("no cache on the way may keep an answer or give one", async () => {
  await providerFetch(`${EMULATOR_ORIGIN}/x`, {});
  const [request] = await emulator.requests();
  // What the runtime sends for the mode `no-store`, beside keeping out of Cloudflare's own cache.
  expect(request?.headers).toMatchObject({ "cache-control": "no-cache" });
});

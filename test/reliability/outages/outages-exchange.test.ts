import { reset } from "cloudflare:test";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { beginOutage, endOutage } from "./begin-outage.ts";
import { useMovableClock } from "../../journeys/clock.ts";
import { browserAtRest } from "./browser-at-rest.ts";
import { emulator, useFreshEmulator } from "../../journeys/journey-emulator.ts";
import { OUTAGES_OF_BOTH } from "./outage.ts";
import { readToken } from "../../journeys/read-token.ts";

useFreshEmulator();
useMovableClock();
beforeEach(() => reset());
afterEach(() => void vi.restoreAllMocks());

test.each(OUTAGES_OF_BOTH)(
  "$provider, $what: a consent comes to nothing, what there was stays, and the next one works",
  async ({ provider, reason = "provider_unavailable", ...outage }) => {
    const browser = await browserAtRest(provider);
    const before = await browser.call("GET", `/connections/${provider}`);
    const token = await readToken(browser, provider);
    const callback = await browser.consent(await browser.start(provider), { account: "bob" });
    await beginOutage(outage, { grantType: "authorization_code", times: "always" });
    const arrival = await browser.arrive(callback);
    await endOutage();

    expect(arrival.status).toBe(303);
    expect(new URL(arrival.headers.get("Location") ?? "").search).toBe(
      `?provider=${provider}&outcome=failed&reason=${reason}`,
    );
    expect(await emulator.requests({ endpoint: "other", partial: true })).toEqual([]);
    // The code was used up with its flow.
    expect((await browser.arrive(callback)).status).toBe(400);
    const after = await browser.call("GET", `/connections/${provider}`);
    expect(await after.json()).toEqual(await before.json());
    expect(await readToken(browser, provider)).toBe(token);

    expect((await browser.connect(provider, { account: "bob" })).search).toContain("connected");
    const owner = await emulator.whose(await readToken(browser, provider));
    expect(owner).toMatchObject({ account: "bob", alive: true });
  },
);

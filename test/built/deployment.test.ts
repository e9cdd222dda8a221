// What only the deployment's settings promise: nothing in the code would notice it missing.
import { expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";

const settings = unstable_readConfig({ config: "wrangler.toml" });

test("no call to a provider can loop back into this zone", () => {
  expect(settings.compatibility_flags).toContain("global_fetch_strictly_public");
});

test("`code` and `state` do not reach the logs", () => {
  expect(settings.observability).toMatchObject({ redact_query_string: true });
});

test("everything passes through the Worker", () => {
  expect(settings.assets).toBeUndefined();
  expect(settings.preview_urls).toBe(false);
});

test("30 starts and 30 callbacks a minute for one client address", () => {
  expect(settings.ratelimits).toMatchObject([
    { name: "FLOW_LIMIT", simple: { limit: 30, period: 60 } },
  ]);
});

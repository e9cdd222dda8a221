import { bundleContender } from "../runtime/bundle-contender.ts";
import type { Contender } from "../contender.ts";
import { PASS_THROUGH } from "../names.ts";
import { proxiedBytes } from "./proxied-bytes.ts";

export const passThrough: Contender = {
  name: PASS_THROUGH,
  setup:
    "a Hono route: one `fetch` with a fixed token, answered as it comes: the floor of any proxy",
  read: proxiedBytes(1_000),
  build: () => bundleContender("pass-through", { bindings: { ACCESS_TOKEN: "x".repeat(1_500) } }),
};

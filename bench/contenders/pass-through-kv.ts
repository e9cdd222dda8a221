import type { Contender } from "../contender.ts";
import { PASS_THROUGH_KV } from "../names.ts";
import { bundleContender } from "../runtime/bundle-contender.ts";
import { proxiedBytes } from "./proxied-bytes.ts";
import { putRecord } from "./put-record.ts";

export const passThroughKv: Contender = {
  name: PASS_THROUGH_KV,
  setup:
    "one `get` of a record of the same length before it: the floor of a proxy that reads its tokens from KV",
  read: proxiedBytes(1_000),
  build: () =>
    bundleContender("pass-through-kv", {
      kvNamespaces: ["TOKENS"],
      bindings: { ACCESS_TOKEN: "x".repeat(1_500) },
    }),
  prepare: putRecord,
};

import { createVisitor } from "../load/visitor.ts";
import { bundleContender } from "../runtime/bundle-worker.ts";
import { RECORD } from "./bare-kv.ts";
import type { Contender } from "./contender.ts";
import { PASS_THROUGH_KV } from "./names.ts";
import { proxiedBytes } from "./proxied-bytes.ts";

export const passThroughKv: Contender = {
  name: PASS_THROUGH_KV,
  setup:
    "one `get` of a record of the same length before it: the floor of a proxy whose tokens are in KV",
  read: proxiedBytes(1_000),
  build: () =>
    bundleContender("pass-through-kv", {
      kvNamespaces: ["TOKENS"],
      bindings: { ACCESS_TOKEN: "x".repeat(1_500) },
    }),
  async prepare(origin) {
    await createVisitor(origin).call({ method: "PUT", path: "/", body: RECORD });
  },
};

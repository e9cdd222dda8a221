import type { Contender } from "../contender.ts";
import { BARE_KV } from "../names.ts";
import { bundleContender } from "../runtime/bundle-contender.ts";
import { putRecord } from "./put-record.ts";

export const bareKv: Contender = {
  name: BARE_KV,
  setup:
    "one `get` of a record as long as Latchkey's, parsed, and of it the access part answered: the floor of any design on KV",
  read: { method: "GET", path: "/token" },
  build: () => bundleContender("bare-kv", { kvNamespaces: ["TOKENS"] }),
  prepare: putRecord,
};

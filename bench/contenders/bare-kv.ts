import { bundleContender } from "../runtime/bundle-worker.ts";
import { createVisitor } from "../load/visitor.ts";
import type { Contender } from "./contender.ts";
import { BARE_KV } from "./names.ts";

/** As long as Latchkey's record of a Jira connection. */
export const RECORD = JSON.stringify({ access: "x".repeat(2_150), refresh: "x".repeat(1_200) });

export const bareKv: Contender = {
  name: BARE_KV,
  setup: "one `get` of a record of the same length: the floor of any design on KV",
  read: { method: "GET", path: "/token" },
  build: () => bundleContender("bare-kv", { kvNamespaces: ["TOKENS"] }),
  async prepare(origin) {
    await createVisitor(origin).call({ method: "PUT", path: "/token", body: RECORD });
  },
};

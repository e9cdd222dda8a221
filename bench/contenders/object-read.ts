import { bundleContender } from "../runtime/bundle-worker.ts";
import { createVisitor } from "../load/visitor.ts";
import { RECORD } from "./bare-kv.ts";
import type { Contender } from "./contender.ts";
import { BARE_OBJECT } from "./names.ts";

export const objectRead = {
  name: BARE_OBJECT,
  setup:
    "one call of the owner's object for a record of the same length: the floor of any design without KV",
  read: { method: "GET" as const, path: "/token" },
  build: () =>
    bundleContender("object-read", {
      durableObjects: { TOKEN_KEEPER: { className: "TokenKeeper", useSQLite: true } },
    }),
  async prepare(origin: string) {
    await createVisitor(origin).call({ method: "PUT", path: "/token", body: RECORD });
  },
} satisfies Contender;

import type { Contender } from "../contender.ts";
import { BARE_OBJECT } from "../names.ts";
import { bundleContender } from "../runtime/bundle-contender.ts";
import { putRecord } from "./put-record.ts";

export const bareObject = {
  name: BARE_OBJECT,
  setup:
    "one call of the owner's object for a record of the same length: the floor of any design without KV",
  read: { method: "GET" as const, path: "/token" },
  build: () =>
    bundleContender("bare-object", {
      durableObjects: { TOKEN_KEEPER: { className: "TokenKeeper", useSQLite: true } },
    }),
  prepare: putRecord,
} satisfies Contender;

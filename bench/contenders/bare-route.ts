import { bundleContender } from "../runtime/bundle-contender.ts";
import type { Contender } from "../contender.ts";
import { BARE_ROUTE } from "../names.ts";

export const bareRoute: Contender = {
  name: BARE_ROUTE,
  setup: "answers a text of a token's length: the floor of the runtime",
  read: { method: "GET", path: "/token" },
  build: () => bundleContender("bare-route"),
};

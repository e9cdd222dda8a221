import type { ServerResponse } from "node:http";
import type { LoggedRequest } from "./emulator-protocol.ts";
import type { GrantStore } from "./grant-store.ts";
import { textField } from "./read-request.ts";

/** Counts a refresh as under way until its answer is through or its client is gone. */
export function countRefresh(
  { refreshTokens }: GrantStore,
  request: LoggedRequest,
  response: ServerResponse,
): void {
  const token = refreshTokens.get(textField(request, "refresh_token") ?? "");
  if (request.grantType !== "refresh_token" || token === undefined) return;
  const { family } = token;
  family.underWay += 1;
  family.mostAtOnce = Math.max(family.mostAtOnce, family.underWay);
  response.on("close", () => (family.underWay -= 1));
}

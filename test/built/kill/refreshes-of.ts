import type { RequestMatch } from "../../emulator/emulator-protocol.ts";
import type { Connection } from "./connected-owner.ts";

export const REFRESHES = { endpoint: "token", grantType: "refresh_token" } as const;

/** What the emulator's log has of a connection's refreshes. */
export function refreshesOf({
  provider,
  account,
}: Pick<Connection, "provider" | "account">): RequestMatch {
  return { ...REFRESHES, provider, account };
}

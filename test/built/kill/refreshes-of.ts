import type { RequestMatch } from "../../emulator/emulator-protocol.ts";
import type { Connection } from "./connected-owner.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";

/** What the emulator's log has of a connection's refreshes. */
export function refreshesOf({
  provider,
  account,
}: Pick<Connection, "provider" | "account">): RequestMatch {
  return { ...REFRESHES, provider, account };
}

import type { ProviderId } from "../providers/provider.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { openToken } from "./sealed-tokens.ts";
import type { ConnectedRow } from "./stored-rows.ts";

type Boxes = Pick<ConnectedRow, "version" | "access" | "refresh">;

/**
 * A token of a row, or of its copy in KV. `undefined`: it does not open, because its key was removed
 * or because it belongs elsewhere. `null`: there is none.
 */
export async function openRowToken(
  ctx: KeeperContext,
  provider: ProviderId,
  row: Boxes,
  kind: "access",
): Promise<string | undefined>;
export async function openRowToken(
  ctx: KeeperContext,
  provider: ProviderId,
  row: Boxes,
  kind: "refresh",
): Promise<string | null | undefined>;
export async function openRowToken(
  ctx: KeeperContext,
  provider: ProviderId,
  { version, ...boxes }: Boxes,
  kind: "access" | "refresh",
): Promise<string | null | undefined> {
  const box = boxes[kind];
  const place = { owner: ctx.owner, provider, version };
  return box === null ? null : openToken(ctx.keyring, kind, place, box);
}

import type { ProviderId } from "../providers/provider.ts";
import { DAY_MS, SECOND_MS } from "../shared/time.ts";
import { giveUpAfter } from "../shared/give-up-after.ts";
import { decodeEnvelope } from "../vault/envelope.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { kvKey, type KvMetadata, type KvRecord } from "./kv-record.ts";

const KV_WRITE_DEADLINE_MS = 5 * SECOND_MS;

/**
 * Puts a connection's record. Throws when KV refuses or takes too long.
 * @param keySince since when the connection is sealed under the key of these boxes
 */
export function putRecord(
  ctx: KeeperContext,
  provider: ProviderId,
  record: KvRecord,
  keySince: number,
): Promise<void> {
  const { version, expiresAt, access } = record;
  const keyId = decodeEnvelope(access)?.keyId ?? "";
  const metadata: KvMetadata = { version, keyId, keySince, expiresAt };
  // A safety net only, the same for every put: erasing is the object's work.
  const expirationTtl = ((ctx.sessionDays + 2) * DAY_MS) / SECOND_MS;
  const options = { metadata, expirationTtl };
  return inTime(ctx.kv.put(kvKey(ctx.owner, provider), JSON.stringify(record), options));
}

/** Deletes a connection's record. Throws when KV refuses or takes too long. */
export function deleteRecord(ctx: KeeperContext, provider: ProviderId): Promise<void> {
  return inTime(ctx.kv.delete(kvKey(ctx.owner, provider)));
}

/** A write that hangs counts as failed: it must not hold up those after it. */
async function inTime(write: Promise<void>): Promise<void> {
  const isDone = await giveUpAfter(
    KV_WRITE_DEADLINE_MS,
    write.then(() => true),
  );
  if (!isDone) throw new DOMException("the KV write took too long", "TimeoutError");
}

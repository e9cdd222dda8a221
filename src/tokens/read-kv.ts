import type { ProviderId } from "../providers/provider.ts";
import { MAX_LIFETIME_SECONDS } from "../oauth/token-grant.ts";
import { isJsonObject, type JsonObject } from "../shared/json.ts";
import { errorKind, logEvent } from "../shared/log-event.ts";
import type { OwnerId } from "../shared/owner-id.ts";
import { SECOND_MS } from "../shared/time.ts";
import { giveUpAfter } from "../shared/give-up-after.ts";
import { kvKey, type KvRecord } from "./kv-record.ts";
import { isCredible } from "./token-policy.ts";

/** The shortest that KV allows: the copy at this location may be this old. */
const KV_CACHE_SECONDS = 30;
/** A slower KV is treated as one that has nothing: the object is asked. */
const KV_DEADLINE_MS = SECOND_MS;

/** The KV record, or `undefined`: missing, unreadable or too slow. The object then decides. */
export async function readRecord(
  kv: KVNamespace,
  owner: OwnerId,
  provider: ProviderId,
  nowMs: number,
): Promise<KvRecord | undefined> {
  try {
    const read = kv.get(kvKey(owner, provider), {
      type: "json",
      cacheTtl: KV_CACHE_SECONDS,
    });
    const value = await giveUpAfter(KV_DEADLINE_MS, read);
    return isKvRecord(value) && isCredible(value, nowMs) ? value : undefined;
  } catch (error) {
    logEvent("warn", "kv_read_failed", { provider, error: errorKind(error) });
    return undefined;
  }
}

function isKvRecord(value: unknown): value is KvRecord {
  return (
    isJsonObject(value) &&
    Number.isSafeInteger(value.version) &&
    typeof value.session === "string" &&
    typeof value.connectedAt === "number" &&
    isLife(value) &&
    isListOf(value.scopes, (scope) => typeof scope === "string") &&
    (value.sites === null || isListOf(value.sites, isJsonObject)) &&
    typeof value.access === "string" &&
    (value.refresh === null || typeof value.refresh === "string")
  );
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

/** No token lives for longer than a day: a record that says so is not ours. */
function isLife({ expiresAt, lifetimeSeconds }: JsonObject): boolean {
  return (
    typeof expiresAt === "number" &&
    typeof lifetimeSeconds === "number" &&
    lifetimeSeconds > 0 &&
    lifetimeSeconds <= MAX_LIFETIME_SECONDS
  );
}

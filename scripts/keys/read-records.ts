import { isJsonObject, parseJson } from "../../src/shared/json.ts";
import { DAY_MS } from "../../src/shared/time.ts";
import { KEY_ID } from "../../src/vault/key-id.ts";
import { Fault } from "../dev/fault.ts";

/** What lies under one key. */
export interface KeyRecords {
  readonly keyId: string;
  /** Since when each of them is, ascending (ms). */
  readonly since: readonly number[];
}

interface Records {
  readonly keys: readonly KeyRecords[];
  /** Records whose metadata tell no key, or an impossible time. */
  readonly oddRecords: number;
}

/** Counts the records in wrangler's list by their metadata (`KvMetadata` in `src/tokens/kv-record.ts`). */
export function readRecords(list: string, nowMs: number): Records {
  const entries = parseJson(list);
  if (!Array.isArray(entries)) throw new Fault("wrangler printed something else than a list");
  const found = new Map<string, number[]>();
  let oddRecords = 0;
  for (const entry of entries as readonly unknown[]) {
    const metadata = readMetadata(entry, nowMs);
    if (metadata) {
      found.set(metadata.keyId, [...(found.get(metadata.keyId) ?? []), metadata.keySince]);
    } else {
      oddRecords += 1;
    }
  }
  const keys = [...found].map(([keyId, since]) => {
    return { keyId, since: since.toSorted((a, b) => a - b) };
  });
  return { keys, oddRecords };
}

function readMetadata(entry: unknown, nowMs: number) {
  const metadata = isJsonObject(entry) ? entry["metadata"] : undefined;
  if (!isJsonObject(metadata)) return undefined;
  const { keyId, keySince } = metadata;
  if (typeof keyId !== "string" || !KEY_ID.test(keyId)) return undefined;
  return isPast(keySince, nowMs) ? { keyId, keySince } : undefined;
}

/** Clocks differ, but not by a day. */
function isPast(instant: unknown, nowMs: number): instant is number {
  return Number.isSafeInteger(instant) && Number(instant) > 0 && Number(instant) < nowMs + DAY_MS;
}

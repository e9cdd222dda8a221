import { toTimestamp } from "../../src/shared/time.ts";
import type { Verdict } from "./judge-keys.ts";

const HEAD = ["key id", "records", "sealing since"] as const;

/** A table of the keys, and a sentence on what may go and from when. */
export function describeStatus(verdict: Verdict, oddRecords: number, sessionDays: number): string {
  const rows = verdict.keys.map(({ keyId, since }) => [
    keyId,
    String(since.length),
    sealingSince(verdict, keyId),
  ]);
  const width = Math.max(...[HEAD, ...rows].map(([keyId = ""]) => keyId.length));
  const table = [HEAD, ...rows].map(([keyId = "", records = "", since = ""]) =>
    [keyId.padEnd(width), records.padStart(HEAD[1].length), since].join("  "),
  );
  const odd = `${oddRecords} more without readable metadata: their key is not known.`;
  return [
    ...(rows.length > 0 ? [...table, ""] : []),
    ...(oddRecords > 0 ? [odd] : []),
    sentence(verdict, sessionDays),
  ].join("\n");
}

function sealingSince({ sealing }: Verdict, keyId: string): string {
  return sealing?.keyId === keyId ? utcDate(sealing.since) : "replaced";
}

function sentence({ keys, sealing }: Verdict, sessionDays: number): string {
  const [first, ...replaced] = keys.map(({ keyId }) => keyId);
  if (first === undefined || !sealing)
    return "There are no records, so there is nothing to say of any key.";
  const from = `from ${utcDate(sealing.replacedMayGoFrom)} (UTC, SESSION_DAYS is ${sessionDays})`;
  if (replaced.length === 0) {
    const day = utcDate(sealing.since);
    return `Only ${first} has records: a key that it replaced on ${day} or before may go ${from}.`;
  }
  const them = replaced.length === 1 ? "it" : "them";
  return `${replaced.join(", ")} may go ${from}, when no record is left under ${them}.`;
}

function utcDate(instantMs: number): string {
  return toTimestamp(instantMs).slice(0, 10);
}

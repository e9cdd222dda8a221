import { expect, test, vi } from "vitest";
import { asOwnerId } from "../../src/shared/owner-id.ts";
import { readRecord } from "../../src/tokens/read-kv.ts";

test("KV is asked for one key, and for a copy that is at most 30 seconds old at this place", async () => {
  const get = vi.fn<(...asked: unknown[]) => Promise<null>>().mockResolvedValue(null);
  const kv = { get } as unknown as KVNamespace;
  await readRecord(kv, asOwnerId("owner-1"), "jira", 0);
  expect(get.mock.calls).toStrictEqual([
    ["connection:owner-1:jira", { type: "json", cacheTtl: 30 }],
  ]);
});

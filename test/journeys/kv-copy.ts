import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { KvMetadata } from "../../src/tokens/kv-record.ts";

/** The methods of every KV binding, also of the objects': a test that replaces one reaches all. */
export const kvPrototype = Object.getPrototypeOf(env.TOKENS) as KVNamespace;

/** The one KV key of a provider in this test file's KV, once it is there. */
export async function kvKeyOf(provider: string): Promise<string> {
  await expect.poll(() => findKvKey(provider)).not.toBeUndefined();
  return (await findKvKey(provider)) ?? "";
}

async function findKvKey(provider: string): Promise<string | undefined> {
  const { keys } = await env.TOKENS.list();
  const [key, ...more] = keys.filter(({ name }) => name.endsWith(`:${provider}`));
  expect(more).toEqual([]);
  return key?.name;
}

/** What KV tells operators of a provider's one record, once it is there. */
export async function kvMetadataOf(
  provider: string,
  isWanted: (metadata: Partial<KvMetadata>) => boolean = () => true,
): Promise<Partial<KvMetadata>> {
  let metadata: Partial<KvMetadata> = {};
  await expect
    .poll(async () => {
      const { keys } = await env.TOKENS.list<KvMetadata>();
      const key = keys.find(({ name }) => name.endsWith(`:${provider}`));
      metadata = key?.metadata ?? {};
      return key !== undefined && isWanted(metadata);
    })
    .toBe(true);
  return metadata;
}

/** The object of the owner whom a KV key names. */
export function keeperOf(key: string) {
  const [, owner = ""] = key.split(":");
  return env.TOKEN_KEEPER.getByName(owner);
}

/** What KV holds of a provider once a publication is through that `isWanted` accepts. */
export async function kvRecordOf(
  provider: string,
  isWanted: (record: { version: number; session: string }) => boolean = () => true,
): Promise<string> {
  let text: string | null = null;
  await expect
    .poll(async () => {
      text = await env.TOKENS.get((await findKvKey(provider)) ?? "none");
      return text !== null && isWanted(JSON.parse(text) as { version: number; session: string });
    })
    .toBe(true);
  return text ?? "";
}

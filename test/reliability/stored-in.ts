import { runInDurableObject } from "cloudflare:test";
import type { env } from "cloudflare:workers";

type Keeper = ReturnType<typeof env.TOKEN_KEEPER.getByName>;

/** An object without row, table and alarm: one page of SQLite. */
export const NO_PLACE = { bytes: 4_096, alarm: null };

/** What an object has stored under a key. */
export function storedIn(keeper: Keeper, key: string): Promise<unknown> {
  return runInDurableObject(keeper, (_, { storage }) => storage.kv.get(key));
}

/** When an object's alarm rings. */
export function alarmOf(keeper: Keeper): Promise<number | null> {
  return runInDurableObject(keeper, (_, { storage }) => storage.getAlarm());
}

/** What an object costs: the bytes of its database and when it will be woken. */
export async function placeTakenBy(keeper: Keeper) {
  const bytes = await runInDurableObject(keeper, (_, { storage }) => storage.sql.databaseSize);
  return { bytes, alarm: await alarmOf(keeper) };
}

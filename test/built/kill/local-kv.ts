// Workers KV as wrangler dev keeps it: an SQLite database in the state folder, locked as SQLite locks.
import { globSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const FOLDER = "v3/kv/miniflare-KVNamespaceObject";
const TABLE = "_mf_entries";
/** Whoever opens it first after a kill repairs it, and keeps others out meanwhile. */
const OPENING_MS = 5_000;

/** What the Worker lets be read of a record without opening it. */
interface RecordFacts {
  readonly version: number;
  readonly expiresAt: number;
}

export interface LocalKv {
  /** By key; empty before the first write. */
  records(): ReadonlyMap<string, RecordFacts>;
  /** From now on no write gets through, until the lock is opened. Reads go on. */
  lock(): { open(): void };
}

/** Beside the process that uses it, and also while there is none. */
export function localKv(stateFolder: string): LocalKv {
  return {
    records() {
      const file = databaseIn(stateFolder);
      if (file === undefined) return new Map();
      const database = new DatabaseSync(file, { readOnly: true, timeout: OPENING_MS });
      try {
        const isReady = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(TABLE);
        const rows = isReady ? database.prepare(`SELECT key, metadata FROM ${TABLE}`).all() : [];
        return new Map(
          rows.map(({ key, metadata }) => [
            String(key),
            JSON.parse(String(metadata)) as RecordFacts,
          ]),
        );
      } finally {
        database.close();
      }
    },
    lock() {
      const database = new DatabaseSync(databaseIn(stateFolder) ?? "", { timeout: OPENING_MS });
      database.exec("BEGIN IMMEDIATE");
      return { open: () => database.close() };
    },
  };
}

function databaseIn(stateFolder: string): string | undefined {
  const [file] = globSync(join(stateFolder, FOLDER, "*.sqlite"), {
    exclude: (name) => name.endsWith("metadata.sqlite"),
  });
  return file;
}

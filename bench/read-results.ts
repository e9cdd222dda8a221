import { readFile } from "node:fs/promises";
import { Fault } from "../scripts/dev/fault.ts";
import type { Results } from "./results.ts";

/** The results of another run; throws a `Fault` for a file that holds none, or of another time's form. */
export async function readResults(path: string): Promise<Results> {
  const results = await readFile(path, "utf8")
    .then((text) => JSON.parse(text) as Partial<Results>)
    .catch((error: unknown) => {
      throw new Fault(`--from ${path}: ${error instanceof Error ? error.message : String(error)}`);
    });
  if (results.workerSha256 === undefined)
    throw new Fault(`--from ${path}: no results of this form`);
  return results as Results;
}

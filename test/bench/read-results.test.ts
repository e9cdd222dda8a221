import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readResults } from "../../bench/read-results.ts";
import { Fault } from "../../scripts/dev/fault.ts";
import { SYNTHETIC } from "./synthetic-results.ts";

let path: string;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "results-"));
  path = join(folder, "results.json");
});
afterEach(() => rm(folder, { recursive: true }));

test("results come back as they were written", async () => {
  await writeFile(path, JSON.stringify(SYNTHETIC));
  expect(await readResults(path)).toEqual(SYNTHETIC);
});

test.for([
  [undefined, "ENOENT"],
  ["{", "JSON"],
  ["{}", "no results of this form"],
] as const)("%j is told in a line", async ([content, problem]) => {
  if (content !== undefined) await writeFile(path, content);
  const told = await readResults(path).catch((error: unknown) => error);
  expect(told).toBeInstanceOf(Fault);
  expect((told as Fault).message).toContain(`--from ${path}: `);
  expect((told as Fault).message).toContain(problem);
});

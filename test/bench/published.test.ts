import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PUBLISHED, renderPublished } from "../../bench/report/publish.ts";
import type { Results } from "../../bench/results.ts";

test.for(Object.values(PUBLISHED))("docs/%s is what the published results say", async (path) => {
  const results = JSON.parse(read(PUBLISHED.results)) as Results;
  const rendered = await renderPublished(results, read(PUBLISHED.page), read(PUBLISHED.scalePage));
  expect(read(path)).toBe(rendered[path]);
});

function read(path: string): string {
  return readFileSync(join("docs", path), "utf8");
}

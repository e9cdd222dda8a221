import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { publish, PUBLISHED, renderPublished } from "../../bench/report/publish.ts";
import { LATCHKEY } from "../../bench/names.ts";
import type { Results } from "../../bench/results.ts";
import { SYNTHETIC } from "./synthetic-results.ts";

const PAGE =
  "# Figures\n\nBefore.\n\n<!-- results -->\n\nstale figures\n\n<!-- /results -->\n\nAfter.\n";

const PAGES = [PUBLISHED.page, PUBLISHED.scalePage];

test("results, charts and tables are written, and the prose around them stays", async () => {
  const folder = await mkdtemp(join(tmpdir(), "published-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const path of PAGES) await writeFile(join(folder, path), PAGE);
  await publish(SYNTHETIC, folder);

  const page = await readFile(join(folder, PUBLISHED.page), "utf8");
  const scalePage = await readFile(join(folder, PUBLISHED.scalePage), "utf8");
  expect(scalePage).toMatch(
    /Before\.\n\n<!-- results -->\n\nTaken on[^]+\|\n\n<!-- \/results -->\n\nAfter/,
  );
  expect(page).toMatch(/^# Figures\n\nBefore\.\n\n<!-- results -->\n\n- A warm [^]+\n\n!\[/);
  expect(page).toMatch(/\|\n\n<!-- \/results -->\n\nAfter\.\n$/);
  expect(page).not.toContain("stale figures");
  for (const [, path = ""] of page.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g))
    expect(await readFile(join(folder, path), "utf8")).toMatch(/^<svg /);
  expect(JSON.parse(await readFile(join(folder, PUBLISHED.results), "utf8"))).toEqual(SYNTHETIC);
});

test.for<[string, Partial<Results>]>([
  [
    "3 rounds of cold.start",
    { timings: { ...SYNTHETIC.timings, "cold.start": { [LATCHKEY]: [1, 2] } } },
  ],
  [
    "3 rounds of read.latency",
    { timings: { ...SYNTHETIC.timings, "read.latency": { [LATCHKEY]: [1, 2, 3] } } },
  ],
  ["expiry", { expiry: [] }],
  ["operations", { operations: [] }],
  ["10000 owners", { scale: undefined }],
  ["10000 owners", { scale: { ...SYNTHETIC.scale!, owners: 9_999 } }],
])("a run that lacks %s is not published", async ([lacking, measured]) => {
  const folder = await mkdtemp(join(tmpdir(), "published-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const path of PAGES) await writeFile(join(folder, path), PAGE);
  await expect(publish({ ...SYNTHETIC, ...measured }, folder)).rejects.toThrow(
    `--publish: the run lacks ${lacking}`,
  );
  expect(await readFile(join(folder, PUBLISHED.page), "utf8")).toBe(PAGE);
});

test("published again, nothing changes", async () => {
  const first = await renderPublished(SYNTHETIC, PAGE, PAGE);
  const [page = "", scalePage = ""] = PAGES.map((path) => first[path]);
  expect(await renderPublished(SYNTHETIC, page, scalePage)).toEqual(first);
});

test.for(["", "<!-- results -->", "<!-- /results --><!-- results -->"])(
  "a page with the markers %j is refused",
  async (page) => {
    await expect(renderPublished(SYNTHETIC, page, PAGE)).rejects.toThrow(
      "the page lacks the markers",
    );
    await expect(renderPublished(SYNTHETIC, PAGE, page)).rejects.toThrow(
      "the page lacks the markers",
    );
  },
);

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { format } from "oxfmt";
import type { Results } from "../results.ts";
import { drawExpiryChart } from "./draw-expiry-chart.ts";
import { drawReadChart } from "./draw-read-chart.ts";
import { renderMarkdown, renderTable } from "./render-markdown.ts";
import { tabulateMemory } from "./tabulate-memory.ts";
import { tabulateScale } from "./tabulate-scale.ts";
import { tellRun } from "./tell-run.ts";
import { tellShort } from "./tell-short.ts";
import { requireWholeRun } from "./whole-run.ts";

const OPTIONS = JSON.parse(await readFile(".oxfmtrc.json", "utf8")) as { printWidth: number };

/** What people read, by its path in the folder of the documentation. */
export const PUBLISHED = {
  page: "benchmarks.md",
  scalePage: "scale.md",
  results: "benchmarks/results.json",
  readChart: "benchmarks/warm-read.svg",
  expiryChart: "benchmarks/expiry.svg",
} as const;

/** Writes the results of a whole run, the charts and the tables; the prose of the pages stays. */
export async function publish(results: Results, folder = "docs"): Promise<void> {
  requireWholeRun(results);
  const read = (path: string) => readFile(join(folder, path), "utf8");
  const pages = [await read(PUBLISHED.page), await read(PUBLISHED.scalePage)] as const;
  for (const [path, content] of Object.entries(await renderPublished(results, ...pages))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** The content of each published file, by its path. Throws an `Error` for a page without the markers. */
export async function renderPublished(
  results: Results,
  page: string,
  scalePage: string,
): Promise<Readonly<Record<string, string>>> {
  return {
    [PUBLISHED.results]: await formatted(PUBLISHED.results, JSON.stringify(results)),
    [PUBLISHED.readChart]: drawReadChart(results),
    [PUBLISHED.expiryChart]: drawExpiryChart(results),
    [PUBLISHED.page]: await formatted(PUBLISHED.page, fillIn(page, tellAll(results))),
    [PUBLISHED.scalePage]: await formatted(
      PUBLISHED.scalePage,
      fillIn(scalePage, [
        tellRun(results),
        ...[tabulateScale(results), tabulateMemory(results)].map(renderTable),
      ]),
    ),
  };
}

function fillIn(page: string, blocks: readonly string[]): string {
  const [before, rest] = page.split("<!-- results -->");
  const [, after] = rest?.split("<!-- /results -->") ?? [];
  if (before === undefined || after === undefined) throw new Error("the page lacks the markers");
  return `${before}<!-- results -->\n\n${blocks.join("\n\n")}\n\n<!-- /results -->${after}`;
}

function tellAll(results: Results): string[] {
  return [
    tellShort(results),
    `![Warm token read: how long it takes](${PUBLISHED.readChart})`,
    `![Callers served and refreshes sent at expiry](${PUBLISHED.expiryChart})`,
    renderMarkdown(results),
  ];
}

/** As `npm run format` leaves it. */
async function formatted(path: string, content: string): Promise<string> {
  const { code, errors } = await format(path, content, OPTIONS);
  if (errors.length > 0) throw new Error(`${path}: ${JSON.stringify(errors)}`);
  return code;
}

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { format } from "oxfmt";
import type { Results } from "../results.ts";
import { drawExpiryChart } from "./draw-expiry-chart.ts";
import { drawReadChart } from "./draw-read-chart.ts";
import { renderMarkdown } from "./render-markdown.ts";

const OPTIONS = JSON.parse(await readFile(".oxfmtrc.json", "utf8")) as { printWidth: number };

/** What people read, by its path in the folder of the documentation. */
export const PUBLISHED = {
  page: "benchmarks.md",
  results: "benchmarks/results.json",
  readChart: "benchmarks/warm-read.svg",
  expiryChart: "benchmarks/expiry.svg",
} as const;

/** Writes the results, the charts and the tables; the prose of the page stays. */
export async function publish(results: Results, folder = "docs"): Promise<void> {
  const page = await readFile(join(folder, PUBLISHED.page), "utf8");
  for (const [path, content] of Object.entries(await renderPublished(results, page))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** The content of each published file, by its path. Throws an `Error` for a page without the markers. */
export async function renderPublished(
  results: Results,
  page: string,
): Promise<Readonly<Record<string, string>>> {
  return {
    [PUBLISHED.results]: await formatted(PUBLISHED.results, JSON.stringify(results)),
    [PUBLISHED.readChart]: drawReadChart(results),
    [PUBLISHED.expiryChart]: drawExpiryChart(results),
    [PUBLISHED.page]: await formatted(PUBLISHED.page, fillIn(page, results)),
  };
}

function fillIn(page: string, results: Results): string {
  const [before, rest] = page.split("<!-- results -->");
  const [, after] = rest?.split("<!-- /results -->") ?? [];
  if (before === undefined || after === undefined) throw new Error("the page lacks the markers");
  const charts = [
    `![Warm token read: how long it takes](${PUBLISHED.readChart})`,
    `![Callers served and refreshes sent at expiry](${PUBLISHED.expiryChart})`,
  ];
  const inside = [...charts, renderMarkdown(results)].join("\n\n");
  return `${before}<!-- results -->\n\n${inside}\n\n<!-- /results -->${after}`;
}

/** As `npm run format` leaves it. */
async function formatted(path: string, content: string): Promise<string> {
  const { code, errors } = await format(path, content, OPTIONS);
  if (errors.length > 0) throw new Error(`${path}: ${JSON.stringify(errors)}`);
  return code;
}

import type { Results } from "../results.ts";
import { checkBudgets } from "./budgets.ts";
import { listTables } from "./list-tables.ts";
import { left, right, type Table } from "./table.ts";
import { tellRun } from "./tell-run.ts";

/** What stands between the markers of docs/benchmarks.md, beneath the charts. */
export function renderMarkdown(results: Results): string {
  return [
    tellRun(results),
    ...[...listTables(results), tabulateBudgets(results), tabulateSetups(results)].map(renderTable),
  ].join("\n\n");
}

function tabulateBudgets(results: Results): Table {
  return {
    title: "Budgets",
    columns: [left(""), right("measured"), right("limit"), left("holds")],
    rows: checkBudgets(results).map(({ what, measured, limit, holds, isGoal }) => [
      what,
      measured,
      limit,
      holds ? "yes" : isGoal ? "no: a goal" : "**no**",
    ]),
  };
}

function tabulateSetups({ contenders }: Results): Table {
  return {
    title: "How each was set up",
    columns: [left(""), left("configuration")],
    rows: contenders.map(({ name, setup }) => [name, setup]),
  };
}

export function renderTable({ title, note, columns, rows }: Table): string {
  const lines = [
    columns.map((column) => column.title),
    columns.map(({ align }) => (align === "left" ? "---" : "---:")),
    ...rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|"))),
  ].map((cells) => `| ${cells.join(" | ")} |`);
  return [`### ${title}`, ...(note === undefined ? [] : [note]), lines.join("\n")].join("\n\n");
}

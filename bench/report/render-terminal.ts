import type { Results } from "../results.ts";
import type { Budget } from "./budgets.ts";
import { listTables } from "./list-tables.ts";
import { left, right, type Table } from "./table.ts";
import { tellRun } from "./tell-run.ts";
import { tellShort } from "./tell-short.ts";

const COLUMNS = 100;

/** What `npm run bench` prints. */
export function renderTerminal(results: Results): string {
  return [
    wrap(tellRun(results)).join("\n"),
    ...listTables(results).map(render),
    tellShort(results)
      .split("\n")
      .map((line) => wrap(line.replaceAll("**", "")).join("\n  "))
      .join("\n"),
  ].join("\n\n");
}

/** What `npm run bench -- --check` prints. */
export function renderBudgets(budgets: readonly Budget[]): string {
  return render({
    title: "Budgets",
    columns: [left(""), left(""), right("measured"), right("limit")],
    rows: budgets.map(({ what, measured, limit, holds, isGoal }) => [
      holds ? "ok" : isGoal ? "goal" : "MISSED",
      what,
      measured,
      limit,
    ]),
  });
}

function render({ title, note, columns, rows }: Table): string {
  const widths = columns.map((column, i) =>
    Math.max(column.title.length, ...rows.map((row) => row[i]!.length)),
  );
  const lines = [columns.map((column) => column.title), ...rows].map((cells) =>
    cells
      .map((cell, i) =>
        columns[i]!.align === "left" ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!),
      )
      .join("  ")
      .trimEnd(),
  );
  return [title, ...(note === undefined ? [] : wrap(note)), ...lines].join("\n");
}

/** Lines of at most `COLUMNS` characters. */
function wrap(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > COLUMNS) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

import type { ExpiryRun, Results } from "../results.ts";
import { formatCount, formatWait, MISSING } from "./format-figure.ts";
import { left, right, type Table } from "./table.ts";

/** One row for each contender and number of callers; what differs by the provider's latency stands in one cell. */
export function tabulateExpiry({ contenders, expiry }: Results): Table {
  const latencies = distinct(expiry.map((run) => run.providerLatencyMs));
  const callers = distinct(expiry.map((run) => run.callers));
  const measured = contenders.filter(({ name }) => expiry.some((run) => run.contender === name));
  return {
    title: "Callers who all ask for an expired token",
    note: `Provider latency ${latencies.map(formatWait).join(" / ")}. Best: one refresh, all served, usable after.`,
    columns: [
      left(""),
      right("callers"),
      right("refreshes sent"),
      right("callers served"),
      right("usable after"),
    ],
    rows: measured.flatMap(({ name }) =>
      callers.map((count) => {
        const runs = latencies.map((latency) =>
          expiry.find(
            (run) =>
              run.contender === name && run.callers === count && run.providerLatencyMs === latency,
          ),
        );
        return [
          name,
          formatCount(count),
          join(runs, (run) => formatCount(run.refreshes)),
          join(runs, (run) => formatCount(run.served)),
          join(runs, (run) => (run.usableAfter ? "yes" : "no")),
        ];
      }),
    ),
  };
}

function join(runs: readonly (ExpiryRun | undefined)[], tell: (run: ExpiryRun) => string): string {
  return runs.map((run) => (run ? tell(run) : MISSING)).join(" / ");
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}

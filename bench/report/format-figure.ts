import type { Summary } from "../statistics.ts";

/** What was not measured. */
export const MISSING = "–";

/** About three digits: 1.62, 16.2, 162, 1,620. */
export function formatFigure(value: number): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return fixed(value, digits);
}

export function formatCount(value: number): string {
  return fixed(value, 0);
}

export function formatKib(bytes: number): string {
  return fixed(bytes / 1_024, 1);
}

/** 80 ms, 3 s. */
export function formatWait(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}

/** The median, and from the lowest to the highest round. */
export function formatSummary(
  summary: Summary | undefined,
  format: (value: number) => string,
): readonly [median: string, spread: string] {
  if (!summary) return [MISSING, MISSING];
  return [format(summary.median), `${format(summary.min)}–${format(summary.max)}`];
}

export function formatRatio(ratio: number): string {
  return fixed(ratio, 2);
}

function fixed(value: number, digits: number): string {
  return value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

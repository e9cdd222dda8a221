import { OURS } from "../names.ts";

/** The inner width of a chart; heights are counted in the same units. */
export const CHART_WIDTH = 680;

const MARGIN = 20;
/** Large enough for the text of a phone. */
const LINE = 34;

interface Chart {
  readonly title: string;
  /** A line each, short enough for a phone. */
  readonly notes: readonly string[];
  /** For who doesn't see it. */
  readonly description: string;
  readonly rows: readonly ChartRow[];
  /** Elements beneath all rows, of this height. */
  readonly underlay?: (height: number) => string;
}

interface ChartRow {
  readonly label: string;
  readonly value: string;
  /** Elements below the label, with the top at 0. */
  readonly bars: string;
  readonly barsHeight: number;
}

/** As an image in a page, where no script runs: it follows the reader's light or dark mode, and on a phone its text grows. */
export function drawChart({ title, notes, description, rows, underlay }: Chart): string {
  let y = MARGIN;
  const head = [
    text({ y: (y += 20), className: "title", content: title }),
    ...notes.map((note) => text({ y: (y += LINE - 6), className: "note", content: note })),
  ];
  const top = (y += 12);
  const body = rows.map(({ label, value, bars, barsHeight }) => {
    const labelY = y + LINE - 8;
    const drawn = [
      text({ y: labelY, className: OURS.includes(label) ? "ours" : "", content: label }),
      text({ y: labelY, x: CHART_WIDTH, className: "value", content: value }),
      `<g transform="translate(0 ${y + LINE})">${bars}</g>`,
    ];
    y += LINE + barsHeight + 10;
    return drawn.join("\n");
  });
  const beneath = underlay ? `<g transform="translate(0 ${top})">${underlay(y - top)}</g>` : "";
  const height = y + MARGIN;
  const width = CHART_WIDTH + 2 * MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${escape(title)}</title>
<desc id="description">${escape(description)}</desc>
<style>${STYLE}</style>
<rect class="ground" width="${width}" height="${height}" rx="8"/>
<g transform="translate(${MARGIN} 0)">
${[...head, beneath, ...body].filter(Boolean).join("\n")}
</g>
</svg>
`;
}

export function rectangle(className: string, y: number, width: number, height: number): string {
  return `<rect class="${className}" y="${y}" width="${round(width)}" height="${height}" rx="2"/>`;
}

export function line(className: string, from: readonly number[], to: readonly number[]): string {
  const [x1, y1, x2, y2] = [...from, ...to].map(round);
  return `<line class="${className}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

function text({
  x = 0,
  y,
  className,
  content,
}: {
  x?: number;
  y: number;
  className: string;
  content: string;
}): string {
  const named = className === "" ? "" : ` class="${className}"`;
  return `<text x="${x}" y="${y}"${named}>${escape(content)}</text>`;
}

function escape(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A tenth of a unit is finer than a pixel. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const STYLE = `
svg { color-scheme: light dark; --ground: #ffffff; --text: #1f2328; --quiet: #59636e; --ours: #0969da; --peer: #afb8c1; --track: #d8dee4; --refresh: #bc4c00; }
@media (prefers-color-scheme: dark) { svg { --ground: #0d1117; --text: #e6edf3; --quiet: #9198a1; --ours: #4493f8; --peer: #59636e; --track: #30363d; --refresh: #f0883e; } }
text { font: 16px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--text); stroke: var(--ground); stroke-width: 4px; paint-order: stroke; }
.title { font-size: 19px; font-weight: 600; }
.note { font-size: 15px; fill: var(--quiet); }
.value { text-anchor: end; font-variant-numeric: tabular-nums; }
.ours { font-weight: 600; }
@media (max-width: 480px) { text { font-size: 25px; } .title { font-size: 29px; } .note { font-size: 22px; } }
.ground { fill: var(--ground); }
rect.ours { fill: var(--ours); } .peer { fill: var(--peer); } .floor { fill: var(--ground); stroke: var(--quiet); } .refresh { fill: var(--refresh); }
.track { fill: none; stroke: var(--track); }
.whisker { stroke: var(--text); stroke-width: 2; }
.mark { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 5 4; }
`;

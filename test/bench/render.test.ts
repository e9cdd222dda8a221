import { expect, test } from "vitest";
import { BARE_KV, LATCHKEY } from "../../bench/names.ts";
import { checkBudgets } from "../../bench/report/budgets.ts";
import { renderMarkdown } from "../../bench/report/render-markdown.ts";
import { renderBudgets, renderTerminal } from "../../bench/report/render-terminal.ts";
import { tabulateMemory } from "../../bench/report/tabulate-memory.ts";
import { TIMING_ROWS } from "../../bench/report/timing-rows.ts";
import type { TimingId } from "../../bench/results.ts";
import { SYNTHETIC } from "./synthetic-results.ts";

const MARKDOWN = renderMarkdown(SYNTHETIC);

test("the terminal shows tables that fit a hundred columns", () => {
  const text = renderTerminal(SYNTHETIC);
  expect(text).toMatchInlineSnapshot(`
    "Taken on 2000-01-01: Invented CPU, 2 cores, Invented OS, Node 1.2.3, workerd 4.5.6, storage on a
    slate; Latchkey's Worker has the SHA-256 0123456789ab….

    Warm token read, p50: ms, lower is better
                          median    min–max  × bare KV read    min–max  rounds
    Latchkey                0.50  0.45–1.00            0.50  0.50–0.50       3
    Latchkey, KV read       1.20  1.08–2.40            1.20  1.20–1.20       3
    Latchkey, first call    1.40  1.26–2.80            1.40  1.40–1.40       3
    Peer on D1              6.00  5.40–12.0            6.00  6.00–6.00       3
    @peer/cookie            2.00  1.80–4.00            2.00  2.00–2.00       3
    bare KV read            1.00  0.90–2.00            1.00  1.00–1.00       3
    bare Hono route         0.80  0.72–1.60            0.80  0.80–0.80       3

    Warm token read, 16 connections: requests/s, higher is better
                       median       min–max  × bare KV read    min–max  rounds
    Latchkey            5,500  4,950–11,000            1.10  1.10–1.10       3
    Latchkey, KV read   4,000   3,600–8,000            0.80  0.80–0.80       3
    Peer on D1            500     450–1,000            0.10  0.10–0.10       3
    bare KV read        5,000  4,500–10,000            1.00  1.00–1.00       3
    bare Hono route     6,000  5,400–12,000            1.20  1.20–1.20       3

    Warm token read, CPU for one request: µs, lower is better
                          median      min–max  × bare KV read    min–max  rounds
    Latchkey                 150      135–300            0.75  0.75–0.75       3
    Latchkey, KV read        300      270–600            1.50  1.50–1.50       3
    Latchkey, first call     350      315–700            1.75  1.75–1.75       3
    Peer on D1             1,500  1,350–3,000            7.50  7.50–7.50       3
    bare KV read             200      180–400            1.00  1.00–1.00       3
    bare Hono route          100     90.0–200            0.50  0.50–0.50       3

    Callers who all ask for an expired token
    Provider latency 80 ms / 3 s / 12 s. Best: one refresh, all served, usable after.
                callers         refreshes sent         callers served     usable after
    Latchkey         50              1 / 1 / 1           50 / 50 / 50  yes / yes / yes
    Latchkey      1,000              1 / 1 / 1  1,000 / 1,000 / 1,000  yes / yes / yes
    Peer on D1       50           50 / 50 / 50              1 / 1 / 1     no / no / no
    Peer on D1    1,000  1,000 / 1,000 / 1,000              1 / 1 / 1     no / no / no

    Callback: ms, lower is better
                  median    min–max  × Latchkey    min–max  rounds
    Latchkey        20.0  18.0–40.0        1.00  1.00–1.00       3
    Peer on D1      40.0  36.0–80.0        2.00  2.00–2.00       3
    @peer/cookie    10.0  9.00–20.0        0.50  0.50–0.50       3

    Start of a process, its isolate and the Worker's modules: ms, lower is better
                     median    min–max  × bare Hono route    min–max  rounds
    Latchkey            300    270–600               2.00  2.00–2.00       3
    Peer on D1          600  540–1,200               4.00  4.00–4.00       3
    bare KV read        200    180–400               1.33  1.33–1.33       3
    bare Hono route     150    135–300               1.00  1.00–1.00       3

    First request in a fresh isolate: ms, lower is better
                     median    min–max  × bare Hono route      min–max  rounds
    Latchkey           30.0  27.0–60.0               3.00    3.00–3.00       3
    Peer on D1          150    135–300              15.00  15.00–15.00       3
    bare KV read       12.0  10.8–24.0               1.20    1.20–1.20       3
    bare Hono route    10.0  9.00–20.0               1.00    1.00–1.00       3

    Proxied answers
    Throughput: higher is better. Memory on top of what the process held: lower is better.
    answer                                    median    min–max  × pass-through    min–max  rounds
    1 KB: requests/s    Latchkey                 800  720–1,600            0.80  0.80–0.80       3
    1 KB: requests/s    pass-through           1,000  900–2,000            1.00  1.00–1.00       3
    1 MB: MB/s          Latchkey                 475    428–950            0.95  0.95–0.95       3
    1 MB: MB/s          Latchkey, KV read        380    342–760            0.76  0.76–0.76       3
    1 MB: MB/s          pass-through with KV     400    360–800            0.80  0.80–0.80       3
    1 MB: MB/s          pass-through             500  450–1,000            1.00  1.00–1.00       3
    100 MB: MB/s        Latchkey                 490    441–980            0.98  0.98–0.98       3
    100 MB: MB/s        pass-through             500  450–1,000            1.00  1.00–1.00       3
    100 MB memory: MiB  Latchkey                 110   99.0–220               –          –       3
    100 MB memory: MiB  pass-through             100   90.0–200               –          –       3

    Code: KiB, gzipped
                                 KiB
    Latchkey                    20.0
    Peer on D1                 200.0
    @peer/cookie                11.0
    bare KV read                 6.0
    bare Hono route              5.0
    Latchkey's browser client    3.0

    Operations for one call
                       call       KV reads  KV writes  object requests  rows read  rows written
    Latchkey, KV read  warm read         1          0                0          0             0
    Latchkey           warm read         0          0                0          0             0
    Latchkey           refresh        1.25          1                1          0             3

    Dollars for a million calls
    The list prices below, beyond what the Workers Paid plan includes, times the operations. Worker: its
    request, and the CPU of the same row's warm read, for what it does else, too; duration is assumed:
    half a second for a refresh, three of these for a callback, 5 ms for a read that asks the object. An
    object that is kept awake for ten seconds by each read costs 16 dollars more. The bare object read
    is a floor: nothing is sealed, opened or checked.
                       call       Worker    KV  objects  rows  duration  together
    Latchkey, KV read  warm read    0.31  0.50     0.00  0.00      0.00      0.81
    Latchkey           warm read    0.30  0.00     0.00  0.00      0.00      0.30
    Latchkey           refresh      0.30  5.63     0.15  3.00      0.80      9.88

    List prices: dollars for a million
    Cloudflare's, on the Workers Paid plan, looked up on 2026-11-22:
    https://developers.cloudflare.com/workers/platform/pricing/,
    https://developers.cloudflare.com/kv/platform/pricing/,
    https://developers.cloudflare.com/durable-objects/platform/pricing/
    of                              dollars
    requests of the Worker            0.300
    ms of its CPU                     0.020
    KV reads                          0.500
    KV writes and deletes             5.000
    object requests and alarm runs    0.150
    rows read                         0.001
    rows written, alarms set          1.000
    GB-s that objects are awake      12.500

    Many owners at once
    what                                               figure
    owners                                             10,000
    connections                                        20,000
    seed of what is random                                  7
    random reads, s                                        60
    reads                                             123,456
    errors                                                  0
    tokens that ended meanwhile                         2,000
    refreshes while it was read                         1,500
    refreshes, with one read more of each at the end    2,000
    stored in objects, MiB                                320
    stored in KV, MiB                                      80
    cores kept busy: by the Worker                       0.90
    cores kept busy: by client and provider              0.10

    Memory of the process over time
      s  connections    reads  MiB
      0            0        0   90
    230       20,000   60,000  250
    260       20,000  123,456  200

    - A warm token read takes 0.50 × as long as a bare KV read when the isolate read that record less
      than five seconds ago, 1.20 × when it has to read KV, and 1.40 × by a browser that is new to it.
    - 50 callers and one expired token: Latchkey sends 1 refresh and serves 50. Of the 1 others, 0 serve
      all and keep the connection.
    - A proxied answer of 1 MB comes at 0.95 of the throughput of a bare pass-through when the token is
      remembered, and at 0.76 with a KV read; a bare pass-through that reads KV reaches 0.80."
  `);
  // The first tells of the machine.
  const [, ...lines] = text.split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test("a missed budget stands out", () => {
  const budgets = checkBudgets({ ...SYNTHETIC, clientBytes: 5_000 });
  const lines = renderBudgets(budgets).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(lines.filter((line) => line.startsWith("MISSED"))).toEqual([
    expect.stringMatching(/browser client, gzipped +4\.9 KiB +≤ 4 KiB$/),
  ]);
  const held = budgets.filter(({ holds }) => holds).length;
  expect(lines.filter((line) => line.startsWith("ok"))).toHaveLength(held);
  expect(lines.filter((line) => line.startsWith("goal"))).toHaveLength(budgets.length - held - 1);
});

test("Markdown has a row with median, spread and ratio for every contender", () => {
  expect(section(TIMING_ROWS["read.latency"].title)).toEqual([
    "|  | median | min–max | × bare KV read | min–max | rounds |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    "| Latchkey | 0.50 | 0.45–1.00 | 0.50 | 0.50–0.50 | 3 |",
    "| Latchkey, KV read | 1.20 | 1.08–2.40 | 1.20 | 1.20–1.20 | 3 |",
    "| Latchkey, first call | 1.40 | 1.26–2.80 | 1.40 | 1.40–1.40 | 3 |",
    "| Peer on D1 | 6.00 | 5.40–12.0 | 6.00 | 6.00–6.00 | 3 |",
    "| @peer/cookie | 2.00 | 1.80–4.00 | 2.00 | 2.00–2.00 | 3 |",
    "| bare KV read | 1.00 | 0.90–2.00 | 1.00 | 1.00–1.00 | 3 |",
    "| bare Hono route | 0.80 | 0.72–1.60 | 0.80 | 0.80–0.80 | 3 |",
  ]);
});

test("what was not measured is a dash", () => {
  const { [BARE_KV]: _floor, ...others } = SYNTHETIC.timings["read.cpu"];
  const withoutFloor = renderMarkdown({
    ...SYNTHETIC,
    timings: { ...SYNTHETIC.timings, "read.cpu": others },
  });
  expect(withoutFloor).toContain("| Latchkey | 150 | 135–300 | – | – | 3 |");
  const expiry = SYNTHETIC.expiry.filter(
    (run) => run.contender === LATCHKEY || run.providerLatencyMs === 80,
  );
  expect(renderMarkdown({ ...SYNTHETIC, expiry })).toContain(
    "| Peer on D1 | 50 | 50 / – / – | 1 / – / – | no / – / – |",
  );
});

test("memory over time is told from first to last, in equal steps", () => {
  const memory = Array.from({ length: 301 }, (_, seconds) => ({
    seconds,
    mib: 100 + seconds,
    connections: 1,
    reads: 2,
  }));
  const { rows } = tabulateMemory({ ...SYNTHETIC, scale: { ...SYNTHETIC.scale!, memory } });
  expect(rows).toHaveLength(16);
  expect(rows[0]).toEqual(["0", "1", "2", "100"]);
  expect(rows[1]).toEqual(["20", "1", "2", "120"]);
  expect(rows.at(-1)).toEqual(["300", "1", "2", "400"]);
});

test("what was not measured of anybody has no table", () => {
  const results = { ...SYNTHETIC, expiry: [], operations: [] };
  const timings = { ...SYNTHETIC.timings, "cold.latency": {} };
  const terminal = renderTerminal({ ...results, timings });
  for (const title of ["Callers who", "Operations", TIMING_ROWS["cold.latency"].title])
    expect(terminal).not.toContain(title);
  expect(terminal).toContain(TIMING_ROWS["read.latency"].title);
});

test("Markdown has how each was set up, whatever characters it holds", () => {
  expect(MARKDOWN).toContain("| Peer on D1 | sessions \\| accounts in D1 |");
});

test.for(Object.keys(TIMING_ROWS) as TimingId[])("%s is in every report", (id) => {
  const { title } = TIMING_ROWS[id];
  expect(MARKDOWN).toContain(title);
  expect(renderTerminal(SYNTHETIC)).toContain(title);
});

/** The lines of the table below the heading that begins like this. */
function section(title: string): string[] {
  const [, body = ""] = MARKDOWN.split(`### ${title}`);
  const [own = ""] = body.split("\n### ");
  return own.split("\n").filter((line) => line.startsWith("|"));
}

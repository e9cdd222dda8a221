// npm run test:kill [-- --rounds 120 --lanes 4 --seed 1]
// Kills the built Worker's process at every scripted moment, over and over, and counts what is lost.
import { parseArgs } from "node:util";
import { buildWorker } from "./bundle/build-worker.ts";
import { MOMENTS } from "../test/built/kill/moments.ts";
import type { Moment, RoundResult } from "../test/built/kill/round.ts";
import { seededRandom } from "../test/built/kill/seeded-random.ts";
import { STRICT_MOMENT } from "../test/built/kill/strict-moment.ts";
import { type Latchkey, runLatchkey } from "../test/built/run-latchkey.ts";

const LINES_OF_EVIDENCE = 60;

const type = "string" as const;
const { values } = parseArgs({
  options: { rounds: { type }, lanes: { type }, seed: { type } },
});
const rounds = readCount("rounds", MOMENTS.length);
const lanes = readCount("lanes", 4);
const seed = readCount("seed", Date.now() % 1_000_000);

const results = new Map<Moment, RoundResult[]>(MOMENTS.map((moment) => [moment, []]));
console.log(`${rounds} rounds in ${lanes} lanes, --seed ${seed}`);
const worker = await buildWorker();
let started = 0;
try {
  await Promise.all(Array.from({ length: Math.min(lanes, rounds) }, runLane));
} finally {
  await worker.remove();
}
printTable();
process.exitCode = [...results.values()].flat().some(({ lost }) => lost.length > 0) ? 1 : 0;

function readCount(name: keyof typeof values, fallback: number): number {
  const text = values[name];
  if (text === undefined) return fallback;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a positive number, not ${text}`);
}

/** One Latchkey, killed and restarted again and again. */
async function runLane(): Promise<void> {
  const latchkey = await runLatchkey({ config: worker.config });
  try {
    while (started < rounds) {
      const round = started;
      started += 1;
      await runRound(latchkey, round);
    }
  } finally {
    await latchkey.stop();
  }
}

async function runRound(latchkey: Latchkey, round: number): Promise<void> {
  const moment = MOMENTS[round % MOMENTS.length];
  if (!moment) return;
  const printedBefore = latchkey.lines.length;
  const result = await moment.run(latchkey, seededRandom(seed + round)).catch(spoilt);
  results.get(moment)?.push(result);
  const { kills, connections, committed, lost } = result;
  const counts = `${kills} kills, ${connections} connections, ${committed} committed`;
  console.log(`${round + 1}. ${moment.name}: ${counts}`);
  if (lost.length === 0) return;
  for (const line of lost) console.log(`   LOST ${line}`);
  const evidence = latchkey.lines.slice(printedBefore).slice(-LINES_OF_EVIDENCE);
  for (const line of evidence) console.log(`   | ${line}`);
  // Whatever state it was left in.
  await latchkey.kill();
  await latchkey.restart();
}

/** A round that did not get to its judgement. */
function spoilt(error: unknown): RoundResult {
  const lost = [String(error)];
  return { kills: 0, connections: 0, committed: 0, lost, attendedMs: [], unattendedMs: [] };
}

/** Without leeway nothing can be saved, only told: that is not counted with the rest. */
function printTable(): void {
  const rows = [...results].map(([{ name }, some]) => row(name, some));
  const saved = [...results].filter(([moment]) => moment !== STRICT_MOMENT);
  const total = row("all but without leeway", saved.map(([, some]) => some).flat());
  console.table([...rows, total]);
}

function row(moment: string, some: readonly RoundResult[]) {
  const sum = (count: (result: RoundResult) => number) =>
    some.reduce((total, result) => total + count(result), 0);
  return {
    moment,
    kills: sum(({ kills }) => kills),
    connections: sum(({ connections }) => connections),
    "committed by then": sum(({ committed }) => committed),
    "lost or not as promised": sum(({ lost }) => lost.length),
    "longest attended": longest(some.flatMap(({ attendedMs }) => attendedMs)),
    "longest unattended": longest(some.flatMap(({ unattendedMs }) => unattendedMs)),
  };
}

function longest(times: readonly number[]): string {
  return times.length === 0 ? "–" : `${(Math.max(...times) / 1_000).toFixed(1)} s`;
}

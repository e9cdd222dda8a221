import { readFileSync } from "node:fs";
import { gzippedBytes } from "../scripts/bundle/gzipped-bytes.ts";
import { Fault } from "../scripts/dev/fault.ts";
import type { Contender } from "./contender.ts";
import { PROXIES, READERS } from "./contenders/contenders.ts";
import { latchkey } from "./contenders/latchkey.ts";
import { MEASURED_PARTS } from "./parts.ts";
import type { BenchOptions } from "./read-options.ts";
import {
  type ContenderFacts,
  type Results,
  type Rounds,
  TIMING_IDS,
  type TimingId,
} from "./results.ts";
import { chooseStorage } from "./runtime/choose-storage.ts";
import { packageVersion } from "./runtime/package-version.ts";
import { readMachine } from "./runtime/read-machine.ts";

const CLIENT = "dist/client/client.js";

/** Measures what was asked for, one after the other; the rest stays empty. */
export async function measureAll(
  options: BenchOptions,
  tell: (line: string) => void,
  /** Gets what there is, after each part: a later one that fails takes nothing with it. */
  keep: (results: Results) => Promise<void>,
): Promise<Results> {
  // Processes are accounted for by what Linux tells in /proc.
  if (process.platform !== "linux") throw new Fault("measuring wants Linux; --from does not");
  let results = await noResults();
  const parts = [...options.parts];
  for (const [index, part] of parts.entries()) {
    const measuredPart = MEASURED_PARTS[part];
    tell(`${index + 1} of ${parts.length}: ${measuredPart.title}`);
    const measured = await measuredPart.measure(options, tell);
    const timings = { ...results.timings, ...measured.timings };
    await keep((results = { ...results, ...measured, timings }));
  }
  return results;
}

async function noResults(): Promise<Results> {
  return {
    takenAt: new Date().toISOString(),
    workerSha256: (await latchkey.build()).sha256,
    machine: readMachine(await chooseStorage()),
    contenders: await Promise.all([...new Set([...READERS, ...PROXIES])].map(tellFacts)),
    timings: Object.fromEntries(TIMING_IDS.map((id) => [id, {}])) as Record<TimingId, Rounds>,
    expiry: [],
    operations: [],
    scale: undefined,
    clientBytes: gzippedBytes(readFileSync(CLIENT)),
  };
}

async function tellFacts(contender: Contender): Promise<ContenderFacts> {
  const { name, setup, package: peer } = contender;
  const { gzippedBytes: bytes } = await contender.build();
  const version = peer === undefined ? "" : `\`${peer}\` ${packageVersion(peer)}: `;
  return { name, setup: version + setup, gzippedBytes: bytes };
}

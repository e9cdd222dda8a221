import { readFileSync } from "node:fs";
import { gzippedBytes } from "../scripts/bundle/gzipped-bytes.ts";
import { Fault } from "../scripts/dev/fault.ts";
import type { Contender } from "./contender.ts";
import { PROXIES, READERS } from "./contenders/contenders.ts";
import { latchkey } from "./contenders/latchkey.ts";
import { type Listeners, measureParts } from "./measure-parts.ts";
import { MEASURED_PARTS } from "./measured-parts.ts";
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
export async function measureAll(options: BenchOptions, listeners: Listeners): Promise<Results> {
  // Processes are accounted for by what Linux tells in /proc.
  if (process.platform !== "linux") throw new Fault("measuring wants Linux; --from does not");
  const parts = [...options.parts].map((part) => MEASURED_PARTS[part]);
  return measureParts(await noResults(), parts, options, listeners);
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

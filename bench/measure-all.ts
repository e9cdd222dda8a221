import { readFileSync } from "node:fs";
import { gzippedBytes } from "../scripts/bundle/gzipped-bytes.ts";
import type { Contender } from "./contender.ts";
import { CONTENDERS, PROXIES, READERS } from "./contenders/contenders.ts";
import { countOperations } from "./measures/count-operations.ts";
import { measureCallbacks } from "./measures/measure-callbacks.ts";
import { measureColdStarts } from "./measures/measure-cold-starts.ts";
import { measureExpiry } from "./measures/measure-expiry.ts";
import { measureProxies } from "./measures/measure-proxies.ts";
import { measureReads } from "./measures/measure-reads.ts";
import { measureScale } from "./measures/measure-scale.ts";
import type { BenchOptions } from "./read-options.ts";
import {
  type ContenderFacts,
  type ExpiryRun,
  type OperationCount,
  type Results,
  type Rounds,
  type ScaleRun,
  TIMING_IDS,
  type TimingId,
} from "./results.ts";
import { chooseStorage } from "./runtime/choose-storage.ts";
import { packageVersion } from "./runtime/package-version.ts";
import { readMachine } from "./runtime/read-machine.ts";
import { withRunning } from "./measures/run-contender.ts";

const CLIENT = "dist/client/client.js";
const SECONDS_OF_SCALE = 60;

/** Measures what was asked for, one after the other; the rest stays empty. */
export async function measureAll(
  { parts, rounds, owners, seed }: BenchOptions,
  tell: (line: string) => void,
): Promise<Results> {
  const storage = await chooseStorage();
  const signingIn = CONTENDERS.filter(({ journey }) => journey);
  const timings = Object.fromEntries(TIMING_IDS.map((id) => [id, {}])) as Record<TimingId, Rounds>;
  const expiry: ExpiryRun[] = [];
  const operations: OperationCount[] = [];
  let scale: ScaleRun | undefined;

  if (parts.has("reads")) {
    tell("warm reads");
    Object.assign(timings, await withRunning(READERS, (running) => measureReads(running, rounds)));
  }
  if (parts.has("callbacks")) {
    tell("callbacks");
    const measured = await withRunning(signingIn, (running, provider) =>
      measureCallbacks(running, rounds, provider),
    );
    Object.assign(timings, measured);
  }
  if (parts.has("cold")) {
    tell("cold starts");
    Object.assign(timings, await measureColdStarts(CONTENDERS, rounds));
  }
  if (parts.has("proxies")) {
    tell("proxied answers");
    Object.assign(
      timings,
      await withRunning(PROXIES, (running) => measureProxies(running, rounds)),
    );
  }
  if (parts.has("expiry")) {
    for (const contender of signingIn) {
      tell(`expiry: ${contender.name}`);
      expiry.push(...(await measureExpiry(contender)));
    }
  }
  if (parts.has("operations")) {
    tell("operations");
    operations.push(...(await countOperations()));
  }
  if (parts.has("scale")) {
    tell(`${owners} owners, seed ${seed}`);
    scale = await measureScale({ owners, seconds: SECONDS_OF_SCALE, seed });
  }
  return {
    takenAt: new Date().toISOString(),
    machine: readMachine(storage),
    contenders: await Promise.all([...new Set([...READERS, ...PROXIES])].map(tellFacts)),
    timings,
    expiry,
    operations,
    scale,
    clientBytes: gzippedBytes(readFileSync(CLIENT)),
  };
}

async function tellFacts(contender: Contender): Promise<ContenderFacts> {
  const { name, setup, package: peer } = contender;
  const { gzippedBytes: bytes } = await contender.build();
  const version = peer === undefined ? "" : `\`${peer}\` ${packageVersion(peer)}: `;
  return { name, setup: version + setup, gzippedBytes: bytes };
}

import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  convertV4MiniflareOptions,
  Log,
  LogLevel,
  Miniflare,
  type V4WorkerOptions,
} from "miniflare";

/** A Worker in a workerd process of its own. */
export interface RunningWorker {
  /** Leads straight to the Worker: nothing of Miniflare's is in between. */
  readonly origin: string;
  /** Of the workerd process. */
  readonly pid: number;
  stop(): Promise<void>;
}

export interface WorkerSetup {
  readonly worker: V4WorkerOptions;
  /** Answers every outbound request of the Worker. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** Where KV, D1 and objects are kept; default: gone with the process. */
  readonly stateFolder?: string | undefined;
}

/** Starts one at a time: the new process is found by what was there before. */
export async function startWorker({
  worker,
  answer,
  stateFolder,
}: WorkerSetup): Promise<RunningWorker> {
  const before = new Set(workerdProcesses());
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      log: new Log(LogLevel.WARN),
      // What Workers log is dropped: one line for each of thousands of connections and refusals.
      handleStructuredLogs: () => {},
      cf: false,
      ...(stateFolder === undefined ? {} : { resourcePersistencePath: stateFolder }),
      workers: [
        {
          ...worker,
          unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
          outboundService: { node: answer },
        },
      ],
    }),
  );
  await miniflare.ready;
  const { origin } = await miniflare.unsafeGetDirectURL();
  const pids = workerdProcesses().filter((pid) => !before.has(pid));
  if (pids.length !== 1) throw new Error(`expected one new workerd process, found ${pids.length}`);
  return { origin, pid: pids[0]!, stop: () => miniflare.dispose() };
}

/** The workerd processes that this one started. */
function workerdProcesses(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        return status.startsWith("Name:\tworkerd\n") && status.includes(`PPid:\t${process.pid}\n`);
      } catch {
        return false; // Gone meanwhile.
      }
    })
    .map(Number);
}

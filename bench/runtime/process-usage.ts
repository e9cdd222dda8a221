// What the kernel says of a process (Linux, proc(5)).
import { readdirSync, readFileSync } from "node:fs";

/** The CPU time that a process has used, in µs: what all its threads ran, to the nanosecond. */
export function cpuMicros(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
  );
  return nanoseconds.reduce((sum, ran) => sum + ran, 0) / 1_000;
}

/** The memory that a process holds, in MiB. */
export function memoryMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1]) / 1_024;
}

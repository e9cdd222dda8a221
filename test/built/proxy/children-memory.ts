import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly kib: number;
}

/** How much memory the processes hold that this one started, and those that they started, in MiB. */
export function childrenMemoryMib(): number {
  const all = process.platform === "linux" ? fromProc() : fromPs();
  const family = new Set([process.pid]);
  for (let known = 0; known < family.size;) {
    known = family.size;
    for (const { id, parent } of all) if (family.has(parent)) family.add(id);
  }
  family.delete(process.pid);
  return all.reduce((sum, { id, kib }) => sum + (family.has(id) ? kib : 0), 0) / 1_024;
}

/** A bare Debian has no `ps`. */
function fromProc(): Process[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => {
    try {
      const status = readFileSync(`/proc/${id}/status`, "utf8");
      const field = (name: string) =>
        Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1]);
      return [{ id: Number(id), parent: field("PPid"), kib: field("VmRSS") || 0 }];
    } catch {
      // Gone meanwhile.
      return [];
    }
  });
}

function fromPs(): Process[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  return rows
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/).map(Number))
    .map(([id = 0, parent = 0, kib = 0]) => ({ id, parent, kib }));
}

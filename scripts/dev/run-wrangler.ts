import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { WRANGLER_COMMAND } from "./wrangler-command.ts";

const STOP_TIMEOUT_MS = 5_000;

export interface RunningWrangler {
  /** Its server takes requests. Never settles when wrangler ends before. */
  readonly ready: Promise<void>;
  /** Wrangler ended, asked or not. */
  readonly ended: Promise<void>;
  /** Ends wrangler and everything it started. */
  stop(): Promise<void>;
  /** Ends all of it as a crash does, workerd too: nobody gets to finish anything. */
  kill(): Promise<void>;
}

interface WranglerRun {
  readonly port: number;
  /** They win over the same names in files. */
  readonly vars: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Gets every line of output that is not blank, without colours. */
  readonly onLine: (line: string) => void;
}

/** Runs `wrangler dev`. */
export function runWrangler({ port, vars, args, onLine }: WranglerRun): RunningWrangler {
  const { script, env } = WRANGLER_COMMAND;
  // Of whoever runs beside it, each has an inspector port of its own.
  const fixed = ["--port", String(port), "--inspector-port", "0", "--log-level", "info"];
  const named = Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const child = spawn(
    process.execPath,
    [script, "dev", ...fixed, "--show-interactive-dev-session=false", ...named, ...args],
    // A process group of its own: Ctrl-C reaches only us, and we can end all of it.
    { detached: true, stdio: ["ignore", "pipe", "pipe", "ipc"], env },
  );
  for (const input of [child.stdout, child.stderr]) {
    if (input === null) continue;
    createInterface({ input }).on("line", (raw) => {
      const line = stripVTControlCharacters(raw).trim();
      if (line !== "") onLine(line);
    });
  }
  const ready = new Promise<void>((resolve) => {
    child.on("message", (message) => {
      if (typeof message === "string" && message.includes("DEV_SERVER_READY")) resolve();
    });
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  const killGroup = () => killAll(child.pid);
  process.once("exit", killGroup);

  async function stop(): Promise<void> {
    // Wrangler's launcher passes it on, and ends last.
    child.kill("SIGTERM");
    const timer = setTimeout(killGroup, STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
    await kill();
  }

  async function kill(): Promise<void> {
    killGroup();
    await ended;
    process.off("exit", killGroup);
  }

  return { ready, ended, stop, kill };
}

function killAll(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // Nobody is left in it.
  }
}

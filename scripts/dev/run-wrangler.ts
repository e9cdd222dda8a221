import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

const BIN = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));
const WRANGLER = fileURLToPath(
  new URL("../../node_modules/wrangler/bin/wrangler.js", import.meta.url),
);
const STOP_TIMEOUT_MS = 5_000;

export interface RunningWrangler {
  /** Its server takes requests. Never settles when wrangler ends before. */
  readonly ready: Promise<void>;
  /** Wrangler ended, asked or not. */
  readonly ended: Promise<void>;
  /** Ends wrangler and everything it started. */
  stop(): Promise<void>;
}

interface WranglerRun {
  readonly port: number;
  /** Vars of the Worker; they win over those in files. */
  readonly vars: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** A line of output, without colours. Blank ones are left out. */
  readonly onLine: (line: string) => void;
}

/** `wrangler dev`, offline, quiet, asking nothing and telling nobody. */
export function runWrangler({ port, vars, args, onLine }: WranglerRun): RunningWrangler {
  const given = Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const fixed = ["--port", String(port), "--log-level", "info"];
  const child = spawn(
    process.execPath,
    [WRANGLER, "dev", ...fixed, "--show-interactive-dev-session=false", ...given, ...args],
    {
      // Its own process group: Ctrl-C reaches only us, and nothing of it can be left behind.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: { ...process.env, ...QUIET, PATH: `${BIN}:${process.env["PATH"] ?? ""}` },
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (raw) => {
      const line = stripVTControlCharacters(raw).trim();
      if (line !== "") onLine(line);
    });
  }

  const ready = new Promise<void>((resolve) => {
    child.on("message", (message) => {
      if (String(message).includes("DEV_SERVER_READY")) resolve();
    });
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });

  const killAll = () => signalGroup(child.pid, "SIGKILL");
  process.once("exit", killAll);

  async function stop(): Promise<void> {
    // Wrangler's launcher passes it on and waits for the rest.
    child.kill("SIGTERM");
    const timer = setTimeout(killAll, STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
    killAll();
    process.off("exit", killAll);
  }

  return { ready, ended, stop };
}

/** No telemetry, no look-ups, no files outside the project. */
const QUIET = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_WRITE_LOGS: "false",
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  CLOUDFLARE_DEV_REGISTRY_PATH: fileURLToPath(
    new URL("../../.wrangler/dev-registry", import.meta.url),
  ),
};

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left.
  }
}

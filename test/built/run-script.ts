import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { onTestFinished } from "vitest";

export interface ScriptRun {
  /** Resolves as soon as this was printed; rejects when the run ended before. */
  printed(text: string): Promise<void>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  interrupt(signal: "SIGINT" | "SIGTERM"): void;
  /** The exit code; a signal's name when it was killed. */
  readonly exit: Promise<number | string>;
  /** The commands that it started and that still run; `undefined` where only Linux would tell. */
  stillRunning(): Promise<string[] | undefined>;
}

/** A script of this project in a process of its own, which ends with the test at the latest. */
export function runScript(script: string, args: readonly string[]): ScriptRun {
  const mark = randomUUID();
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LATCHKEY_TEST_RUN: mark },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exit = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string);

  onTestFinished(async () => {
    child.kill();
    await exit;
  });

  async function printed(text: string): Promise<void> {
    while (!stdout.includes(text)) {
      const ended = await Promise.race([once(child.stdout, "data"), exit.then(() => "ended")]);
      if (ended === "ended" && !stdout.includes(text)) {
        throw new Error(`ended without printing "${text}":\n${stdout}${stderr}`);
      }
    }
  }

  return {
    printed,
    stdout: () => stdout,
    stderr: () => stderr,
    interrupt: (signal) => void child.kill(signal),
    exit,
    stillRunning: () => processesWith(mark),
  };
}

async function processesWith(mark: string): Promise<string[] | undefined> {
  if (process.platform !== "linux") return undefined;
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const commands = ids.map(async (id) => {
    // Gone meanwhile, or somebody else's.
    const read = (file: string) => readFile(`/proc/${id}/${file}`, "utf8").catch(() => "");
    return (await read("environ")).includes(mark) ? [await read("cmdline")] : [];
  });
  return (await Promise.all(commands)).flat();
}

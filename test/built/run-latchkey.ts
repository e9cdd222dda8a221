import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runWrangler } from "../../scripts/dev/run-wrangler.ts";
import { defaultClients } from "../emulator/clients.ts";
import type { EmulatorControl } from "../emulator/control-emulator.ts";
import { startEmulator } from "../emulator/start-emulator.ts";
import { SEALING_KEY_1 } from "../worker-bindings.ts";
import { freePort } from "./free-port.ts";

export interface Latchkey {
  /** `http://localhost:…`: another site than the emulator's `127.0.0.1`. */
  readonly origin: string;
  readonly emulator: EmulatorControl;
  /** It forgets everything but this Latchkey's callback URLs. */
  resetEmulator(): Promise<void>;
  /** Where the process keeps KV and objects. */
  readonly stateFolder: string;
  /** What the process printed so far, the Worker's log among it. */
  readonly lines: readonly string[];
  /** Ends the process as a crash does. The emulator and the state stay. */
  kill(): Promise<void>;
  /** After `kill`: another process on the same port and state. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface LatchkeyRun {
  /** The configuration file of the built Worker. */
  readonly config: string;
  readonly vars?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}

/** The built Worker in a wrangler process of its own, with an empty state and an emulator behind. */
export async function runLatchkey({ config, vars, onLine }: LatchkeyRun): Promise<Latchkey> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const emulator = await startEmulator();
  const stateFolder = await mkdtemp(join(tmpdir(), "latchkey-state-"));
  const lines: string[] = [];

  async function runProcess() {
    const running = runWrangler({
      port,
      vars: {
        PUBLIC_URL: origin,
        ...emulator.urls,
        BITBUCKET_CLIENT_ID: defaultClients.bitbucket.id,
        BITBUCKET_CLIENT_SECRET: defaultClients.bitbucket.secret,
        ATLASSIAN_CLIENT_ID: defaultClients.jira.id,
        ATLASSIAN_CLIENT_SECRET: defaultClients.jira.secret,
        SEALING_KEYS: `k1:${SEALING_KEY_1}`,
        ...vars,
      },
      args: ["--config", config, "--persist-to", stateFolder],
      onLine(line) {
        lines.push(line);
        onLine?.(line);
      },
    });
    const ready = running.ready.then(() => true);
    if (!(await Promise.race([ready, running.ended]))) {
      await running.stop();
      throw new Error(`wrangler dev ended:\n${lines.join("\n")}`);
    }
    return running;
  }

  async function removeAll(): Promise<void> {
    await emulator.close();
    await rm(stateFolder, { recursive: true });
  }

  let wrangler = await runProcess().catch(async (error: unknown) => {
    await removeAll();
    throw error;
  });

  return {
    origin,
    emulator: emulator.control,
    async resetEmulator() {
      await emulator.control.reset();
      for (const provider of ["bitbucket", "jira"] as const) {
        const callback = `${origin}/auth/${provider}/callback`;
        await emulator.control.registerCallbacks(provider, [callback]);
      }
    },
    stateFolder,
    lines,
    kill: () => wrangler.kill(),
    async restart() {
      wrangler = await runProcess();
    },
    async stop() {
      await wrangler.stop();
      await removeAll();
    },
  };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
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
  /** What the process printed so far, the Worker's log among it. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** The built Worker in a wrangler process of its own, with an empty state and an emulator behind. */
export async function startLatchkey(
  vars: Readonly<Record<string, string>> = {},
): Promise<Latchkey> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const emulator = await startEmulator();
  const state = await mkdtemp(join(tmpdir(), "latchkey-state-"));
  const lines: string[] = [];
  const wrangler = runWrangler({
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
    args: ["--config", inject("builtWorker"), "--persist-to", state, "--inspector-port", "0"],
    onLine(line) {
      lines.push(line);
      // Part of what the test run is searched for secrets.
      console.log(`[wrangler] ${line}`);
    },
  });

  async function resetEmulator(): Promise<void> {
    await emulator.control.reset();
    for (const provider of ["bitbucket", "jira"] as const) {
      const callback = `${origin}/auth/${provider}/callback`;
      await emulator.control.registerCallbacks(provider, [callback]);
    }
  }

  async function stop(): Promise<void> {
    await wrangler.stop();
    await emulator.close();
    await rm(state, { recursive: true });
  }

  const ready = wrangler.ready.then(() => true);
  if (!(await Promise.race([ready, wrangler.ended]))) {
    await stop();
    throw new Error(`wrangler dev ended:\n${lines.join("\n")}`);
  }
  return { origin, emulator: emulator.control, resetEmulator, lines, stop };
}

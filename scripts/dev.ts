// npm run dev [-- --port 8787 --emulator-port 8788 --vars .dev.vars --state .wrangler/state]
// Runs the Worker, and the provider emulator for whatever has no credentials, until Ctrl-C.
import { startEmulator } from "../test/emulator/start-emulator.ts";
import type { Emulator } from "../test/emulator/start-emulator.ts";
import { chooseProviders, type ProviderChoice } from "./dev/choose-providers.ts";
import { Fault } from "./dev/fault.ts";
import { readOptions } from "./dev/read-options.ts";
import { readVars } from "./dev/read-vars.ts";
import { portFault, requireFreePort } from "./dev/require-free-port.ts";
import { requireHealth } from "./dev/require-health.ts";
import { runWrangler } from "./dev/run-wrangler.ts";
import { EXAMPLE_PORT, LATCHKEY_ORIGIN } from "./example/example-defaults.ts";

const EXAMPLE_ORIGIN = `http://localhost:${EXAMPLE_PORT}`;
const WRANGLER_PREFIX = /^\[wrangler:info\] /;
const SAID_HERE = /^Ready on |^GET \/health /;
/** At the start this is said here too; later it is news. */
const MISCONFIGURED = '"event":"misconfigured"';

const interrupted = new Promise<"interrupted">((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => resolve("interrupted"));
  }
});

try {
  await dev();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`dev: ${error.message}`);
  process.exitCode = 1;
}

async function dev(): Promise<void> {
  const { port, emulatorPort, varsFile, wranglerArgs } = readOptions(process.argv.slice(2));
  const origin = `http://localhost:${port}`;
  await requireFreePort(port);
  const { values, created } = readVars(varsFile);
  if (created) console.log(`Wrote ${varsFile} with a new sealing key.`);
  const providers = chooseProviders(values, `http://127.0.0.1:${emulatorPort}`);
  const emulated = providers.some((provider) => provider.emulated);
  const { APP_ORIGINS = EXAMPLE_ORIGIN } = values;
  const emulator = emulated ? await openEmulator(emulatorPort, origin) : undefined;
  let ready = false;
  const wrangler = runWrangler({
    port,
    vars: Object.assign({ PUBLIC_URL: origin, APP_ORIGINS }, ...providers.map(({ vars }) => vars)),
    args: wranglerArgs,
    onLine(line) {
      const text = line.replace(WRANGLER_PREFIX, "");
      const news = ready || !text.includes(MISCONFIGURED);
      if (news && !SAID_HERE.test(text)) console.log(text);
    },
  });
  const ended = wrangler.ended.then(() => "ended" as const);

  try {
    let event = await Promise.race([wrangler.ready, ended, interrupted]);
    if (event === undefined) {
      await requireHealth(origin, varsFile);
      ready = true;
      console.log(describe(origin, varsFile, providers, emulator?.origin ?? ""));
      if (APP_ORIGINS === EXAMPLE_ORIGIN) console.log(describeExample(origin));
      event = await Promise.race([ended, interrupted]);
    }
    if (event === "ended") throw new Fault("wrangler ended by itself");
  } finally {
    await wrangler.stop();
    await emulator?.close();
  }
}

async function openEmulator(port: number, workerOrigin: string): Promise<Emulator> {
  const emulator = await startEmulator({ port }).catch((error: unknown) => {
    throw portFault(error, port, "--emulator-port");
  });
  for (const provider of ["bitbucket", "jira"] as const) {
    const callback = `${workerOrigin}/auth/${provider}/callback`;
    await emulator.control.registerCallbacks(provider, [callback]);
  }
  return emulator;
}

function describe(
  origin: string,
  varsFile: string,
  providers: readonly ProviderChoice[],
  emulatorOrigin: string,
): string {
  const lines = providers.map(({ provider, product, emulated }) => {
    const callback = `${origin}/auth/${provider}/callback`;
    const behind = emulated
      ? `emulator at ${emulatorOrigin}`
      : `the real one; register this callback: ${callback}`;
    return `  ${product.padEnd(10)} ${behind}`;
  });
  const hint = `Credentials in ${varsFile} switch a provider to the real one. Ctrl-C ends it all.`;
  return ["", `Latchkey is ready: ${origin}`, "", ...lines, "", hint, ""].join("\n");
}

function describeExample(origin: string): string {
  const option = origin === LATCHKEY_ORIGIN ? "" : ` -- --latchkey ${origin}`;
  return `A front-end that uses it: npm run example${option}\n`;
}

import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultClients } from "../emulator/clients.ts";
import { freePort } from "./free-port.ts";
import { runScript, type ScriptRun } from "./run-script.ts";

const SCRIPT = "scripts/dev.ts";
const EXAMPLE = "http://localhost:8790";
const KEY = "SEALING_KEYS=k1:x3WfV0nWbLxZ5mTqkJ4yQ8rUo2cH7dE1sA9pG6iN0vY";

let folder: string;
let vars: string;
let port: number;
let emulatorPort: number;
let args: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-dev-"));
  vars = join(folder, "vars");
  [port, emulatorPort] = [await freePort(), await freePort()];
  const ports = ["--port", String(port), "--emulator-port", String(emulatorPort)];
  args = [...ports, "--vars", vars, "--state", join(folder, "state")];
});

afterEach(() => rm(folder, { recursive: true }));

test("a first run makes a sealing key, says where to go, and Ctrl-C ends all of it", async () => {
  const run = runScript(SCRIPT, args);
  await run.printed(`Latchkey is ready: http://localhost:${port}`);
  expect(await (await fetch(`http://localhost:${port}/health`)).json()).toEqual({ status: "ok" });
  expect(await authorizationServer("bitbucket")).toBe(`http://127.0.0.1:${emulatorPort}`);
  expect(await authorizationServer("jira")).toBe(`http://127.0.0.1:${emulatorPort}`);
  expect(await run.stillRunning()).not.toEqual([]);
  expect(run.stdout()).toContain(`npm run example -- --latchkey http://localhost:${port}`);
  expect(await letsIn(EXAMPLE)).toBe(true);

  run.interrupt("SIGINT");
  expect(await run.exit).toBe(0);
  expect(run.stderr()).toBe("");
  expect(run.stdout()).toMatch(/Bitbucket +emulator at http:\S+\n +Jira +emulator at http:\S+\n/);
  await expectNothingLeft(run);

  const written = await readFile(vars, "utf8");
  expect(written).toMatch(/^SEALING_KEYS=k1:[A-Za-z0-9_-]{43}$/m);
  expect(written).toMatch(/^# ATLASSIAN_CLIENT_SECRET=$/m);
  for (const { id, secret } of Object.values(defaultClients)) {
    expect(written).not.toContain(id);
    expect(written).not.toContain(secret);
  }
  expect((await stat(vars)).mode & 0o777).toBe(0o600);
});

test("credentials switch a provider to the real one, and the callback to register is told", async () => {
  const own = `${KEY}\nATLASSIAN_CLIENT_ID=mine\nATLASSIAN_CLIENT_SECRET=my-secret\n`;
  await writeFile(vars, own);
  const run = runScript(SCRIPT, args);
  await run.printed("Latchkey is ready");
  expect(run.stdout()).toMatch(/Bitbucket +emulator at http:\S+\n/);
  expect(run.stdout()).toContain(`http://localhost:${port}/auth/jira/callback`);
  expect(run.stdout()).not.toContain("my-secret");
  expect(await authorizationServer("bitbucket")).toBe(`http://127.0.0.1:${emulatorPort}`);
  expect(await authorizationServer("jira")).toBe("https://auth.atlassian.com");

  run.interrupt("SIGTERM");
  expect(await run.exit).toBe(0);
  await expectNothingLeft(run);
  expect(await readFile(vars, "utf8")).toBe(own);
});

test("origins in the file stand instead of the example's, which is then not told of", async () => {
  await writeFile(vars, `${KEY}\nAPP_ORIGINS=http://localhost:3000`);
  const run = runScript(SCRIPT, args);
  await run.printed("Latchkey is ready");
  expect(await letsIn("http://localhost:3000")).toBe(true);
  expect(await letsIn(EXAMPLE)).toBe(false);

  run.interrupt("SIGTERM");
  expect(await run.exit).toBe(0);
  expect(run.stdout()).not.toContain("npm run example");
});

test.for([
  ["half a credential", `${KEY}\nBITBUCKET_CLIENT_ID=a`, "BITBUCKET_CLIENT_SECRET: set both"],
  ["a short key", "SEALING_KEYS=k1:c2hvcnQ", "SEALING_KEYS, key 1: the key must be 32 bytes"],
] as const)("%s in the file is one clear line", async ([, content, line]) => {
  await writeFile(vars, content);
  const run = runScript(SCRIPT, args);
  expect(await run.exit).toBe(1);
  expect(run.stdout()).toBe("");
  expect(run.stderr()).toMatch(/^dev: .*\n$/);
  expect(run.stderr()).toContain(line);
  expect(run.stderr()).toContain(vars);
  await expectNothingLeft(run);
});

test.for(["--port", "--emulator-port"])("a taken %s is one clear line", async (option) => {
  await writeFile(vars, KEY);
  const taken = option === "--port" ? port : emulatorPort;
  const other = createServer().listen(taken, option === "--port" ? "localhost" : "127.0.0.1");
  await once(other, "listening");
  const run = runScript(SCRIPT, args);
  try {
    expect(await run.exit).toBe(1);
    expect(run.stdout()).toBe("");
    expect(run.stderr()).toMatch(/^dev: .*\n$/);
    expect(run.stderr()).toContain(`port ${taken} is taken`);
    expect(run.stderr()).toContain(option);
  } finally {
    other.close();
  }
  await expectNothingLeft(run);
});

test("an unknown option is one clear line", async () => {
  const run = runScript(SCRIPT, ["--nonsense"]);
  expect(await run.exit).toBe(1);
  expect(run.stderr()).toMatch(/^dev: .*--nonsense.*\n$/);
});

/** Where a start sends the browser. `fetch` would say that it is no navigation. */
async function authorizationServer(provider: string): Promise<string> {
  const request = get(`http://localhost:${port}/auth/${provider}`);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.resume();
  return new URL(response.headers.location ?? "about:blank").origin;
}

/** Whether a front-end of this origin may call. */
async function letsIn(origin: string): Promise<boolean> {
  const headers = { Origin: origin, "X-Latchkey": "1" };
  const answer = await fetch(`http://localhost:${port}/connections`, { headers });
  return answer.headers.get("Access-Control-Allow-Origin") === origin;
}

async function expectNothingLeft(run: ScriptRun): Promise<void> {
  // What was killed needs a moment to be gone.
  await expect.poll(async () => (await run.stillRunning()) ?? []).toEqual([]);
  for (const each of [port, emulatorPort]) {
    for (const host of ["localhost", "127.0.0.1"]) {
      const server = createServer().listen(each, host);
      await once(server, "listening");
      server.close();
      await once(server, "close");
    }
  }
}

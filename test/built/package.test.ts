import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const TYPESCRIPT = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");

/** A front-end's project, in which the package is installed. */
let project: string;
let packed: readonly string[];

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "latchkey-package-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", project]);
  const [{ filename, files }] = JSON.parse(stdout) as [
    { filename: string; files: { path: string }[] },
  ];
  packed = files.map(({ path }) => path);
  await run("tar", ["-xzf", filename], { cwd: project });
  await mkdir(join(project, "node_modules"));
  await cp(join(project, "package"), join(project, "node_modules/latchkey"), { recursive: true });
  await writeFile(join(project, "package.json"), '{ "type": "module" }');
  await writeFile(join(project, "front-end.ts"), FRONT_END);
});

afterAll(() => rm(project, { recursive: true }));

test("the package has the client, its types, and nothing else of Latchkey", () => {
  const others = packed.filter((path) => !/^dist\/client\/[\w-]+\.d\.ts$/.test(path));
  expect(others.toSorted()).toEqual([
    "LICENSE",
    "README.md",
    "dist/client/client.js",
    "package.json",
  ]);
});

test("a server can import it, and create one for its pages, and end", async () => {
  const { stdout } = await run(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import * as client from "latchkey/client";
       client.createLatchkey("https://auth.example.com").onChange(() => {});
       console.log(Object.keys(client).join(" "));`,
    ],
    { cwd: project, timeout: 20_000 },
  );
  expect(stdout.trim()).toBe("LatchkeyError createLatchkey takeOutcome");
});

test.for(["bundler", "nodenext"])("its types hold under %s resolution", async (resolution) => {
  const module = resolution === "bundler" ? "esnext" : resolution;
  const args = ["--module", module, "--moduleResolution", resolution, "--target", "es2022"];
  const lib = ["--lib", "es2022,dom", "--types", ""];
  const flags = ["--strict", "--exactOptionalPropertyTypes", "--noEmit"];
  const checked = run(process.execPath, [TYPESCRIPT, ...args, ...lib, ...flags, "front-end.ts"], {
    cwd: project,
  });
  // The compiler tells its errors on the standard output.
  expect(await checked.catch((error: { stdout: string }) => error)).toMatchObject({ stdout: "" });
});

const FRONT_END = `
import { type Connection, createLatchkey, LatchkeyError, takeOutcome } from "latchkey/client";

const latchkey = createLatchkey("https://auth.example.com");

export async function show(): Promise<string[]> {
  const connections = await latchkey.connections();
  return connections.map(describe);
}

function describe(connection: Connection): string {
  switch (connection.status) {
    case "connected":
      return \`\${connection.account?.id} until \${connection.reconnectBy ?? connection.expiresAt}\`;
    case "reconnect_required":
      return connection.reason;
    case "not_connected":
      return connection.connectUrl;
    case "not_configured":
      return connection.manageUrl;
  }
}

export async function readIssues(site?: string): Promise<unknown> {
  try {
    const answer = await latchkey.fetch("jira", "/rest/api/3/search/jql", { site, method: "POST" });
    return await answer.json();
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    const { code, status, connectUrl, retryAfter, sites }: {
      code: string;
      status: number | undefined;
      connectUrl: string | undefined;
      retryAfter: number | undefined;
      sites: readonly { id: string; name: string; url: string }[] | undefined;
    } = error;
    return [code, status, connectUrl, retryAfter, sites];
  }
}

export async function use(): Promise<void> {
  const { accessToken, expiresIn } = await latchkey.token("bitbucket");
  const token: [string, number] = [accessToken, expiresIn];
  await latchkey.token("bitbucket", { rejected: token[0] });
  const { outcome } = await latchkey.connect("jira", { popup: true, returnTo: "/done" });
  const ended: "connected" | "denied" | "failed" | "abandoned" | undefined =
    outcome ?? takeOutcome()?.outcome;
  const end: () => void = latchkey.onChange(() => console.log(ended));
  end();
  const remote: "not_supported" = (await latchkey.disconnect("jira")).remote;
  const kv: "deleted" | "pending" = (await latchkey.forget()).kv;
  console.log(remote, kv);
  // @ts-expect-error: there is no such provider
  await latchkey.fetch("github", "/user");
  // @ts-expect-error: not every connection has an account
  console.log((await latchkey.connections())[0]?.account);
}
`;

// The command itself, in a process of its own, with wrangler and its local KV behind it.
import { type ExecFileException, execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WRANGLER_COMMAND } from "../../../scripts/dev/wrangler-command.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-keys-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Run {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(script: string, args: readonly string[], env = WRANGLER_COMMAND.env): Promise<Run> {
  return new Promise((resolve) => {
    const told = (error: ExecFileException | null, stdout: string, stderr: string) =>
      resolve({ exit: error ? Number(error.code) : 0, stdout, stderr });
    execFile(process.execPath, [script, ...args], { env }, told);
  });
}

function keys(...args: string[]): Promise<Run> {
  // Nobody is logged in: a developer's account has no say here.
  const account = { HOME: folder, XDG_CONFIG_HOME: folder, CLOUDFLARE_API_TOKEN: "" };
  return run("scripts/keys.ts", args, { ...WRANGLER_COMMAND.env, ...account });
}

test("a new pair is alone on stdout, and what to do with it beside it", async () => {
  const { exit, stdout, stderr } = await keys("new");
  expect(exit).toBe(0);
  const [, id = "", key = ""] = /^(k\d{4}-\d\d-\d\d):([\w-]{43})\n$/.exec(stdout) ?? [];
  expect(Buffer.from(key, "base64url")).toHaveLength(32);
  expect(stderr).toContain(`<present value>,${id}:…`);
  expect(stderr).toContain(`${id}:…,<present value>`);
  expect(stderr.includes(key), "the key beside stdout").toBe(false);
});

test("each pair is another, under the id that is asked for", async () => {
  const [one, other] = await Promise.all([
    keys("new", "--id", "mine"),
    keys("new", "--id", "mine"),
  ]);
  expect(one.stdout.startsWith("mine:")).toBe(true);
  expect(one.stdout === other.stdout, "the same key twice").toBe(false);
});

test("an id that no key may have makes no pair", async () => {
  const { exit, stdout, stderr } = await keys("new", "--id", "k1,k2");
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
  expect(stderr).toContain("--id must be 1 to 32 of A-Z a-z 0-9 _ -");
});

test("the status tells from KV's metadata what lies under which key, and what may go", async () => {
  const record = (name: string, keyId: string, day: string) => ({
    key: `connection:${name}`,
    value: "-",
    metadata: { version: 1, keyId, keySince: Date.parse(`${day}T12:00Z`), expiresAt: 1 },
  });
  const records = [
    record("one:jira", "k1", "2026-09-01"),
    record("one:bitbucket", "k1", "2026-09-02"),
    record("two:jira", "k2", "2026-10-01"),
    { key: "connection:odd:jira", value: "-" },
  ];
  const file = join(folder, "records.json");
  await writeFile(file, JSON.stringify(records));
  const local = ["--local", "--persist-to", join(folder, "state")];
  const put = ["kv", "bulk", "put", file, "--binding", "TOKENS", ...local];
  expect(await run(WRANGLER_COMMAND.script, put)).toMatchObject({ exit: 0 });

  const status = await keys("status", ...local);
  expect(status).toEqual({
    exit: 0,
    stderr: "",
    stdout: `key id  records  sealing since
k2            1  2026-10-01
k1            2  replaced

1 more without readable metadata: their key is not known.
k1 may go from 2026-11-02 (UTC, SESSION_DAYS is 30), when no record is left under it.
`,
  });
  const sooner = await keys("status", ...local, "--session-days", "7");
  expect(sooner.stdout).toContain("k1 may go from 2026-10-10 (UTC, SESSION_DAYS is 7)");
  const elsewhere = await keys("status", ...local, "--namespace-id", "another");
  expect(elsewhere.stdout).toContain("There are no records");
});

test("what wrangler has against it is told, and ends in one clear line", async () => {
  const { exit, stdout, stderr } = await keys("status");
  expect({ exit, stdout }).toEqual({ exit: 1, stdout: "" });
  expect(stderr).toContain("CLOUDFLARE_API_TOKEN");
  expect(stderr).toMatch(/\nkeys: wrangler could not list the records.*\n$/);
  expect(stderr).not.toMatch(/^ +at /m);
  const misled = await keys("status", "--config", "no-such-file.toml");
  expect(misled.exit).toBe(1);
  expect(misled.stderr).toContain("no-such-file.toml");
});

test.for([
  "",
  "old",
  "new k2",
  "new --local",
  "status --nonsense",
  "status --session-days=",
  "status --session-days 0",
  "status --session-days 401",
  "status --session-days 7.5",
  "status --persist-to state",
])("what can't be meant is answered with the usage: %j", async (line) => {
  const { exit, stdout, stderr } = await keys(...line.split(" ").filter(Boolean));
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
  expect(stderr).toMatch(/^keys: .*\n\nusage: npm run --silent keys -- new/);
});

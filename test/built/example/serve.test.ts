import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { freePort } from "../free-port.ts";
import { runScript } from "../run-script.ts";

const SCRIPT = "scripts/example.ts";

test("it serves the example's files, with their types and a strict policy", async () => {
  const { port, run } = await start();
  for (const [path, type] of [
    ["/", "text/html; charset=utf-8"],
    ["/?provider=jira&outcome=denied", "text/html; charset=utf-8"],
    ["/connected.html", "text/html; charset=utf-8"],
    ["/app.js", "text/javascript; charset=utf-8"],
    ["/style.css", "text/css; charset=utf-8"],
    ["/icon.svg", "image/svg+xml"],
  ] as const) {
    const { statusCode, headers } = await ask(port, path);
    expect([path, statusCode, headers["content-type"]]).toEqual([path, 200, type]);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; script-src 'self' http://localhost:8787; " +
        "connect-src http://localhost:8787; style-src 'self'; img-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  }
  run.interrupt("SIGINT");
  await run.exit;
  expect(run.stderr()).toBe("");
});

test("it serves nothing else", async () => {
  const { port } = await start();
  for (const path of [
    "/../tsconfig.json",
    "/../../package.json",
    "/%2e%2e/tsconfig.json",
    "/..%2ftsconfig.json",
    "//index.html",
    "/./index.html",
    "/my-work/index.html",
    "/README.md",
    "/nothing.js",
    "*",
  ]) {
    const { statusCode } = await ask(port, path);
    expect([path, statusCode]).toEqual([path, 404]);
  }
  expect(await ask(port, "/", "POST")).toMatchObject({
    statusCode: 405,
    headers: { allow: "GET, HEAD" },
  });
});

test("--latchkey puts another origin into the page and its policy", async () => {
  const { port } = await start("--latchkey", "https://auth.example.com/");
  const answer = await ask(port, "/latchkey.js");
  expect(answer.headers["content-security-policy"]).toContain(
    "script-src 'self' https://auth.example.com; connect-src https://auth.example.com;",
  );
  const module = await text(answer);
  expect(module).toContain('from "https://auth.example.com/client.js"');
  expect(module).toContain('createLatchkey("https://auth.example.com")');
  expect(module).not.toContain("localhost");
});

test("a taken port is one clear line", async () => {
  const port = await freePort();
  const other = createServer().listen(port, "localhost");
  await once(other, "listening");
  try {
    const told = await refusal("--port", String(port));
    expect(told).toMatch(/^example: .*\n$/);
    expect(told).toContain(`port ${port} is taken`);
  } finally {
    other.close();
  }
});

test.for([
  ["--port", "none"],
  ["--latchkey", "auth.example.com"],
  ["--latchkey", "https://auth.example.com/path"],
  ["--latchkey", "data:text/javascript,1"],
  ["--latchkey", "https://user@auth.example.com"],
  ["--nonsense", "x"],
])("%s %s is one clear line", async ([option = "", value = ""]) => {
  const told = await refusal(option, value);
  expect(told).toMatch(/^example: .*\n$/);
  expect(told).toContain(option);
});

async function start(...args: string[]) {
  const port = await freePort();
  const run = runScript(SCRIPT, ["--port", String(port), ...args]);
  await run.printed(`http://localhost:${port}`);
  return { port, run };
}

/** Sends the path as it stands; `fetch` would put it straight. */
async function ask(port: number, path: string, method = "GET"): Promise<IncomingMessage> {
  const asked = request({ host: "localhost", port, path, method }).end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  return response;
}

/** What it says when it does not even start. */
async function refusal(...args: string[]): Promise<string> {
  const run = runScript(SCRIPT, args);
  expect(await run.exit).toBe(1);
  expect(run.stdout()).toBe("");
  return run.stderr();
}

// Request targets that no URL parser has touched, on a bare connection.
import { once } from "node:events";
import { connect } from "node:net";
import { expect } from "vitest";
import { test as base } from "../browser-test.ts";
import { sessionHeaders } from "./session-headers.ts";

const test = base.extend("headers", ({ latchkey, emulator: _fresh }) => sessionHeaders(latchkey));

const TARGETS = [
  "/api/bitbucket/2.0/../user",
  "/api/bitbucket/2.0/../../connections/bitbucket/token",
  "/api/bitbucket/2.0/%2e%2e/user",
  "/api/bitbucket/2.0/..%2f..%2fuser",
  "/api/bitbucket/2.0/..%5c..%5cuser",
  "/api/bitbucket/2.0/..\\..\\user",
  "/api/bitbucket/2.0/\\\\evil.example/user",
  "/api/bitbucket/2.0//evil.example/user",
  "/api/bitbucket//evil.example/2.0/user",
  "/api/bitbucket/@evil.example/2.0/user",
  "/api/bitbucket/2.0@evil.example/user",
  "/api/bitbucket/2.0/%09/user",
  "/api/bitbucket/2.0/%00/user",
  "/api/bitbucket/2.0/%252e%252e/user",
  "/api/bitbucket/2.0/..;/user",
  "/api/bitbucket/2.0/a#/../../user",
  "/api/bitbucket/2.0?/../user",
  "/api/jira/../bitbucket/1.0/user",
  "/api/jira/%2e%2e/rest",
  "/api/jira/..%5c..%5cx/rest",
  "/%61pi/bitbucket/1.0/user",
  "//api/bitbucket/2.0/user",
  "http://evil.example/api/bitbucket/2.0/..%5cuser",
];

test("no request target reaches anything but the API's own paths", async ({
  latchkey,
  emulator,
  headers,
}) => {
  const before = (await emulator.requests()).length;
  for (const target of TARGETS) {
    const status = await statusOf(latchkey.origin, target, headers);
    expect([target, status]).toEqual([target, expect.stringMatching(/^(200|4\d\d)$/)]);
  }
  const sent = (await emulator.requests()).slice(before);
  const paths = sent.map(({ path }) => path);
  expect(paths.filter((path) => !/^\/2\.0\/(user|a)?$/.test(path))).toEqual([]);
});

test("the same way a good path is found, byte for byte", async ({
  latchkey,
  emulator,
  headers,
}) => {
  const path = "/2.0/repositories/a/b/refs/branches/feature%2Fx";
  expect(await statusOf(latchkey.origin, `/api/bitbucket${path}?q=a//b`, headers)).toBe("200");
  const [call] = await emulator.requests({ path });
  expect(call?.url).toBe(`/bitbucket-api${path}?q=a//b`);
});

async function statusOf(
  origin: string,
  target: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const { host, hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname).setEncoding("latin1");
  const lines = Object.entries({ Host: host, Connection: "close", ...headers }).map(
    (header) => `${header.join(": ")}\r\n`,
  );
  socket.write(`GET ${target} HTTP/1.1\r\n${lines.join("")}\r\n`);
  let text = "";
  socket.on("data", (chunk: string) => (text += chunk));
  await once(socket, "close");
  return /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? text;
}

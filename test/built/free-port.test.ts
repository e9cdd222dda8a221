import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "./free-port.ts";

test("a free port is none that the system gives to whoever asks for any", async () => {
  const given = await Promise.all(Array.from({ length: 50 }, listenAnywhere));
  for (const { server } of given) server.close();
  const lowest = Math.min(...given.map(({ port }) => port));

  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(ports.filter((port) => port >= lowest)).toEqual([]);
  expect(new Set(ports).size).toBe(ports.length);
});

test.each(["localhost", "127.0.0.1"])("a port of %s that is taken is passed over", async (host) => {
  const next = (await freePort()) + 1;
  const taken = createServer().listen(next, host);
  await once(taken, "listening");
  try {
    expect(await freePort()).not.toBe(next);
  } finally {
    taken.close();
  }
});

async function listenAnywhere() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

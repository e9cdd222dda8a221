import { expect, test } from "vitest";
import type { Contender } from "../../bench/contender.ts";
import { proxiedBytes } from "../../bench/contenders/proxied-bytes.ts";
import { measureProxyMemory } from "../../bench/measures/measure-proxy-memory.ts";

// What a process holds is read from /proc.
test.runIf(process.platform === "linux")(
  "who takes a whole body in before passing it on is shown in every round",
  async () => {
    const contenders = [
      proxy("streams", "new Response(answer.body)"),
      proxy("buffers", "new Response(await answer.arrayBuffer())"),
    ];
    const { "proxy-100mb.memory": measured } = await measureProxyMemory(contenders, 2);
    const { streams = [], buffers = [] } = measured;
    expect([streams.length, buffers.length]).toEqual([2, 2]);
    expect(Math.min(...buffers)).toBeGreaterThan(95);
    expect(Math.max(...streams)).toBeLessThan(Math.min(...buffers) / 2);
  },
);

function proxy(name: string, respond: string): Contender {
  const contents = `export default {
    async fetch({ url }) {
      const path = new URL(url).pathname.slice("/api/jira/".length);
      const answer = await fetch("https://api.atlassian.com/ex/jira/" + path, {
        headers: { authorization: "Bearer any" },
      });
      return ${respond};
    },
  };`;
  return {
    name,
    setup: "",
    read: proxiedBytes(1_000),
    build: async () => ({
      gzippedBytes: 0,
      worker: {
        modules: [{ type: "ESModule", path: "index.js", contents }],
        compatibilityDate: "2026-01-01",
      },
    }),
  };
}

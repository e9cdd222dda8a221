import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { V4WorkerOptionsShape } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { buildWorker } from "../../test/built/build-worker.ts";
import type { BuiltWorker, Contender } from "./contender.ts";
import { gzipSync } from "node:zlib";

export const latchkey: Contender = {
  name: "Latchkey",
  setup: "the bundle that `wrangler deploy` would upload",
  journey: {
    start: {
      method: "GET",
      path: "/auth/jira",
      headers: { "sec-fetch-mode": "navigate", "sec-fetch-site": "same-origin" },
    },
  },
  read: {
    method: "GET",
    path: "/connections/jira/token",
    headers: { "x-latchkey": "1", "sec-fetch-site": "same-origin" },
  },
  build,
  tokenIn: ({ text }) => (JSON.parse(text) as { access_token?: string }).access_token,
  // A token that was issued for under two minutes is handed out for half its lifetime.
  lifetimeFor: (expiredAfterSeconds) => expiredAfterSeconds * 2,
};

async function build(): Promise<BuiltWorker> {
  const { config, remove } = await buildWorker();
  const { modulesRules: _none, ...options } =
    unstable_getMiniflareWorkerOptions(config).workerOptions;
  const folder = dirname(config);
  const code = await readFile(join(folder, "index.js"), "utf8");
  const names = [...code.matchAll(/from\s*"\.\/([^"]+)"/g)].map(([, name = ""]) => name);
  const modules = await Promise.all(
    names.map(async (path) => ({
      type: "Text" as const,
      path,
      contents: await readFile(join(folder, path)),
    })),
  );
  const contents = Buffer.concat([Buffer.from(code), ...modules.map((m) => m.contents)]);
  await remove();
  return {
    gzippedBytes: gzipSync(contents, { level: 9 }).length,
    worker: {
      ...(options as V4WorkerOptionsShape),
      modules: [{ type: "ESModule", path: "index.js", contents: code }, ...modules],
      bindings: {
        PUBLIC_URL: "https://auth.example.com",
        APP_ORIGINS: "",
        BITBUCKET_CLIENT_ID: "bench",
        BITBUCKET_CLIENT_SECRET: "bench",
        ATLASSIAN_CLIENT_ID: "bench",
        ATLASSIAN_CLIENT_SECRET: "bench",
        SEALING_KEYS: `k1:${Buffer.from("benchmark-sealing-key-32-bytes!!").toString("base64url")}`,
      },
    },
  };
}

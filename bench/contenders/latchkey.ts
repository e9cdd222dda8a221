import { dirname } from "node:path";
import type { V4WorkerOptionsShape } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { readBuiltWorker } from "../../scripts/bundle/read-built-worker.ts";
import { buildWorker } from "../../scripts/bundle/build-worker.ts";
import type { Answer, BuiltWorker, Contender } from "../contender.ts";
import { LATCHKEY } from "../names.ts";

const LAST_MINUTE_SECONDS = 60;

/** Once for a whole run: what is measured stays the same, whoever edits meanwhile. */
let built: ReturnType<typeof build> | undefined;

export const latchkey = {
  name: LATCHKEY,
  setup: "the bundle that `wrangler deploy` would upload",
  journey: {
    start: {
      method: "GET" as const,
      path: "/auth/jira",
      headers: { "sec-fetch-mode": "navigate", "sec-fetch-site": "same-origin" },
    },
  },
  read: {
    method: "GET" as const,
    path: "/connections/jira/token",
    headers: { "x-latchkey": "1", "sec-fetch-site": "same-origin" },
  },
  build: () => (built ??= build()),
  tokenIn: ({ text }: Answer) => (JSON.parse(text) as { access_token?: string }).access_token,
  // A token is handed out until a minute before its end, or for half its life if that is shorter.
  lifetimeFor: (expiredAfterSeconds) =>
    Math.ceil(
      expiredAfterSeconds < LAST_MINUTE_SECONDS
        ? 2 * Math.max(1, expiredAfterSeconds)
        : expiredAfterSeconds + LAST_MINUTE_SECONDS,
    ),
} satisfies Contender;

async function build(): Promise<BuiltWorker & { readonly sha256: string }> {
  const { config, remove } = await buildWorker();
  const { modulesRules: _none, ...options } =
    unstable_getMiniflareWorkerOptions(config).workerOptions;
  const { code, texts, sha256, gzippedBytes } = readBuiltWorker(dirname(config));
  await remove();
  return {
    sha256,
    gzippedBytes,
    worker: {
      ...(options as V4WorkerOptionsShape),
      modules: [
        { type: "ESModule", path: "index.js", contents: code },
        ...texts.map((text) => ({ type: "Text" as const, ...text })),
      ],
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

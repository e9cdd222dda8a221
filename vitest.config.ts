import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { startEmulator } from "./test/emulator/start-emulator.ts";
import { workerBindings } from "./test/worker-bindings.ts";

/** What runs in Node, without the built Worker. */
const NODE_TESTS = [
  "test/bench/**/*.test.ts",
  "test/emulator/**/*.test.ts",
  "test/scripts/keys/**/*.test.ts",
  "test/docs/**/*.test.ts",
];

/** Generous: no test measures time. */
const PATIENCE = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // It would give up after a second.
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        // Inside workerd, with real KV and objects: what mirrors src/, and whole journeys.
        plugins: [
          // Called for every test file: each has an emulator of its own, and they don't disturb
          // one another. They end with this process.
          cloudflareTest(async () => {
            const emulator = await startEmulator();
            emulator.unref();
            return {
              wrangler: { configPath: "./wrangler.toml" },
              miniflare: { bindings: workerBindings(emulator.origin) },
            };
          }),
        ],
        test: {
          name: "workerd",
          include: ["test/**/*.test.ts"],
          exclude: [...NODE_TESTS, "test/built/**"],
          globalSetup: ["test/build-browser.ts"],
          ...PATIENCE,
        },
      },
      {
        // What would be deployed, in a wrangler process, with a browser in front.
        test: {
          name: "built",
          include: ["test/built/**/*.test.ts"],
          globalSetup: ["test/built/build-worker.ts"],
          fileParallelism: false,
          ...PATIENCE,
          // After the others: it fills both cores.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: { name: "node", include: NODE_TESTS, ...PATIENCE },
      },
    ],
  },
});

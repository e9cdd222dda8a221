import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { workerBindings } from "./test/worker-bindings.ts";

/** What runs in Node, without the built Worker. */
const NODE_TESTS = ["test/emulator/**/*.test.ts", "test/scripts/keys/**/*.test.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        // Inside workerd, with real KV and objects: what mirrors src/, and whole journeys.
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: workerBindings(inject<string>("emulator")) },
          })),
        ],
        test: {
          name: "workerd",
          include: ["test/**/*.test.ts"],
          exclude: [...NODE_TESTS, "test/built/**"],
          globalSetup: ["test/run-emulator.ts"],
          // Generous: no test measures time.
          testTimeout: 60_000,
          // The journeys share one emulator.
          fileParallelism: false,
        },
      },
      {
        // What would be deployed, in a wrangler process, with a browser in front.
        test: {
          name: "built",
          include: ["test/built/**/*.test.ts"],
          globalSetup: ["test/built/build-worker.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // After the others: it fills both cores.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: { name: "node", include: NODE_TESTS, testTimeout: 60_000 },
      },
    ],
  },
});

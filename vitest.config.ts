import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { workerBindings } from "./test/worker-bindings.ts";

/** What runs in Node, without the built Worker. */
const NODE_TESTS = ["test/emulator/**/*.test.ts", "test/scripts/keys/**/*.test.ts"];

/** Inside workerd, with real KV and objects, and an emulator of its own. */
function inWorkerd(name: string, include: string, exclude: readonly string[]) {
  return {
    plugins: [
      cloudflareTest(({ inject }) => ({
        wrangler: { configPath: "./wrangler.toml" },
        miniflare: { bindings: workerBindings(inject<string>("emulator")) },
      })),
    ],
    test: {
      name,
      include: [include],
      exclude: [...exclude],
      globalSetup: ["test/run-emulator.ts"],
      // Generous: no test measures time.
      testTimeout: 60_000,
      // They share one emulator.
      fileParallelism: false,
    },
  };
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      inWorkerd("workerd", "test/**/*.test.ts", [
        ...NODE_TESTS,
        "test/built/**",
        "test/reliability/**",
      ]),
      inWorkerd("reliability", "test/reliability/**/*.test.ts", []),
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

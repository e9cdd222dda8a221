import { test as base } from "vitest";
import { compareAnswers } from "./compare-answers.ts";
import { launchBrowser } from "./launch-browser.ts";
import { startLatchkey } from "./start-latchkey.ts";

/**
 * A test with a real browser in front of the built Worker: one of each for a file, an empty cookie
 * jar and an emulator without memory for every test. What a page gets is as `/openapi.json` says.
 */
export const test = base
  .extend("vars", { scope: "file" }, (): Readonly<Record<string, string>> => ({}))
  .extend("latchkey", { scope: "file" }, async ({ vars }, { onCleanup }) => {
    const latchkey = await startLatchkey(vars);
    onCleanup(() => latchkey.stop());
    return latchkey;
  })
  // Vitest reads from the pattern what a fixture needs: this one nothing.
  // oxlint-disable-next-line no-empty-pattern
  .extend("browser", { scope: "file" }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend("emulator", async ({ latchkey }) => {
    await latchkey.resetEmulator();
    return latchkey.emulator;
  })
  .extend("baseURL", { scope: "file" }, ({ latchkey }) => latchkey.origin)
  .extend("context", async ({ browser, baseURL, latchkey, emulator: _fresh }, { onCleanup }) => {
    const context = await browser.newContext({ baseURL });
    const differences = compareAnswers(context, latchkey.origin);
    onCleanup(async () => {
      const found = await differences();
      await context.close();
      if (found.length > 0) throw new Error(found.join("\n"));
    });
    return context;
  })
  .extend("page", ({ context }) => context.newPage());

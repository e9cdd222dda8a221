import { test as base } from "../browser-test.ts";
import { serveSite } from "../serve-site.ts";
import { FRONT_END, openFrontEnd } from "./front-end.ts";

/** A test with a front-end on another port of Latchkey's site, open in a real browser. */
export const test = base
  // Vitest reads from the pattern what a fixture needs: this one nothing.
  // oxlint-disable-next-line no-empty-pattern
  .extend("frontEnd", { scope: "file" }, async ({}, { onCleanup }) => {
    const site = await serveSite("localhost", FRONT_END);
    onCleanup(() => site.close());
    return site;
  })
  .override("vars", { scope: "file" }, ({ frontEnd }) => ({ APP_ORIGINS: frontEnd.origin }))
  .extend("tab", async ({ context, latchkey, frontEnd }) => {
    await context.addInitScript((origin) => {
      window.latchkeyOrigin = origin;
    }, latchkey.origin);
    return async () => {
      const page = await context.newPage();
      await openFrontEnd(page, frontEnd.origin);
      return page;
    };
  })
  .extend("app", ({ tab }) => tab());

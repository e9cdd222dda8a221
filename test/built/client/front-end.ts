import type { Page } from "playwright-core";
import type * as client from "../../../src/client/client.ts";

declare global {
  interface Window {
    /** Where Latchkey runs. */
    latchkeyOrigin: string;
    client: typeof client;
    latchkey: client.Latchkey;
    /** The value of a call, or what of its error a front-end can act on. */
    attempt(call: () => unknown): Promise<unknown>;
    /** How often `onChange` called back. */
    changes: number;
    /** What a click led to. */
    ended: Promise<unknown>;
  }
}

/** The page of a front-end: any address of its site. */
export const FRONT_END = `<!doctype html><title>Front-end</title><script type="module">
window.client = await import(latchkeyOrigin + "/client.js");
window.latchkey = client.createLatchkey(latchkeyOrigin);
window.changes = 0;
latchkey.onChange(() => { window.changes += 1; });
window.attempt = async (call) => {
  try {
    const value = await call();
    if (!(value instanceof Response)) return value;
    return { status: value.status, body: await value.text() };
  } catch (error) {
    return error instanceof client.LatchkeyError ? { ...error } : { error: error.name };
  }
};
document.title = "Ready";
</script>`;

/** Opens a page of a front-end and waits until it has the client. */
export async function openFrontEnd(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await ready(page);
}

/** Resolves once the front-end's page is there and has the client. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => document.title === "Ready");
}

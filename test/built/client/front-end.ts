import type { Page } from "playwright-core";
import type * as clientModule from "../../../src/client/client.ts";

// The globals of the front-end's page. Tests that have a Latchkey of their own say `window.latchkey`.
declare global {
  /** Where Latchkey runs. */
  var latchkeyOrigin: string;
  var client: typeof clientModule;
  var latchkey: clientModule.Latchkey;
  /** The value of a call, or what of its error a front-end can act on. */
  var attempt: (call: () => unknown) => Promise<unknown>;
  /** How often `onChange` called back. */
  var changes: number;
  /** What a click led to. */
  var ended: Promise<unknown>;
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

/** Connects by redirect; the emulator has to consent by itself. */
export async function connect(page: Page, provider: "bitbucket" | "jira"): Promise<void> {
  await page.evaluate((name) => void window.latchkey.connect(name), provider);
  await page.waitForURL(`**provider=${provider}&outcome=connected`);
  await ready(page);
}

/** What the page's scripts ask Latchkey from now on. */
export function watchCalls(page: Page): readonly string[] {
  const calls: string[] = [];
  page.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    if (request.resourceType() === "fetch" && origin !== new URL(page.url()).origin) {
      calls.push(`${request.method()} ${pathname}`);
    }
  });
  return calls;
}

/** What a browser says when a tab is looked at again: the headless one hides none. */
export async function lookAgain(page: Page): Promise<void> {
  await page.evaluate(() => void document.dispatchEvent(new Event("visibilitychange")));
}

/** Opens a page in which time passes only when a test says so. */
export async function stopClock(app: Page, address: string): Promise<void> {
  await app.clock.install();
  await openFrontEnd(app, address);
  await app.clock.pauseAt(Date.now() + 5_000);
}

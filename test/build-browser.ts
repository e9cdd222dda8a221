/** Builds what runs in browsers: the Worker imports it. */
export async function setup(): Promise<void> {
  await import("../scripts/build-browser.ts");
}

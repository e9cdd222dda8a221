/** Builds the page's script, which the Worker imports. */
export async function setup(): Promise<void> {
  await import("../scripts/build-page.ts");
}

const PATIENCE_MS = 30_000;

/** Looks again and again. As `expect.poll`, which would move a clock that stands still. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  while (!(await isSo())) await scheduler.wait(10, { signal });
}

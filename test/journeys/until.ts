/** Looks again and again. As `expect.poll`, which would move a clock that stands still. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one look after the other
  while (!(await isSo())) await scheduler.wait(10);
}

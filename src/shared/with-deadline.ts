/** The promise's value, or `undefined` once the time is up. The work itself goes on unobserved. */
export async function withDeadline<Value>(
  work: Promise<Value>,
  deadlineMs: number,
): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const deadline = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), deadlineMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

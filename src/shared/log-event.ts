/** What a log line may carry: no field ever holds a token, a code, a state, a cookie or a URL. */
type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** One JSON line for each event, for Workers Logs. */
export function logEvent(level: "info" | "warn" | "error", event: string, fields: LogFields = {}) {
  console[level](JSON.stringify({ event, ...fields }));
}

/**
 * The kind of an error, for a log line. Never its message: messages of the runtime and of
 * libraries can quote what they were given.
 */
export function errorKind(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** For work that nobody waits for: its failure is one log line, not the runtime's stack trace. */
export async function logFailure(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    logEvent("warn", "background_work_failed", { error: errorKind(error) });
  }
}

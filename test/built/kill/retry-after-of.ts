/** The seconds that a 503 asks to wait. Throws when they are not what the contract promises. */
export function retryAfterOf({ headers }: Response): number {
  const seconds = Number(headers.get("Retry-After") ?? 0);
  if (seconds >= 1 && seconds <= 60) return seconds;
  throw new Error(`503 with Retry-After ${seconds}`);
}

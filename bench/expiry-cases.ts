/** How many callers ask at once for a token that has expired. */
export const EXPIRY_CALLERS = [50, 1_000] as const;

/** How long the provider then takes for a refresh. */
export const EXPIRY_LATENCIES_MS = [80, 3_000, 12_000] as const;

import { Fault } from "../dev/fault.ts";

// As the Worker takes it.
const DEFAULT_DAYS = 30;
const MAX_DAYS = 400;

/** `SESSION_DAYS` as `wrangler.toml` sets it. What is set elsewhere has to be told. */
export async function readSessionDays(where: {
  readonly config: string | undefined;
  readonly env: string | undefined;
}): Promise<number> {
  // Takes a second to load.
  const { unstable_readConfig } = await import("wrangler");
  const { vars } = unstable_readConfig(where, { hideWarnings: true });
  const text = String(vars["SESSION_DAYS"] ?? "").trim();
  if (text === "") return DEFAULT_DAYS;
  if (isSessionDays(text)) return Number(text);
  throw new Fault(`SESSION_DAYS must be a whole number from 1 to ${MAX_DAYS}, not ${text}`);
}

export function isSessionDays(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_DAYS;
}

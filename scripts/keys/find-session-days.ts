import { readSessionDays, SESSION_DAYS_RULE } from "../../src/shared/read-session-days.ts";
import { Fault } from "../dev/fault.ts";

/** `SESSION_DAYS` as `wrangler.toml` sets it. What is set elsewhere has to be told. */
export async function findSessionDays(where: {
  readonly config: string | undefined;
  readonly env: string | undefined;
}): Promise<number> {
  // Takes a second to load.
  const { unstable_readConfig } = await import("wrangler");
  const { vars } = unstable_readConfig(where, { hideWarnings: true });
  const text = String(vars["SESSION_DAYS"] ?? "").trim();
  const days = readSessionDays(text);
  if (days === undefined) throw new Fault(`SESSION_DAYS ${SESSION_DAYS_RULE}, not ${text}`);
  return days;
}

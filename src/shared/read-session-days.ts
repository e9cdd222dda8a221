const DEFAULT_DAYS = 30;
const MAX_DAYS = 400;

export const SESSION_DAYS_RULE = `must be a whole number from 1 to ${MAX_DAYS}`;

/** What `SESSION_DAYS` says; `undefined` when it breaks the rule. */
export function readSessionDays(text: string): number | undefined {
  if (text === "") return DEFAULT_DAYS;
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= MAX_DAYS ? days : undefined;
}

import { expect } from "vitest";
import { emulator } from "../../journeys/journey-emulator.ts";
import type { Race } from "./open-race.ts";
import { EXCHANGES, REFRESHES } from "../../emulator/token-requests.ts";

const ALLOWED_FAILURES = ["provider_unavailable", "temporarily_unavailable"];

/** What was ever answered to the person and sent to the provider, whoever won. */
export async function judgeTraffic(race: Race): Promise<void> {
  const failures = race.answers.splice(0).filter(({ status }) => status >= 500);
  for (const failure of failures) {
    const { code } = await failure.json<{ code: string }>();
    expect(ALLOWED_FAILURES).toContain(code);
  }
  const grants = await emulator.grants();
  expect(grants.filter(({ mostAtOnce }) => mostAtOnce > 1 + race.restarts)).toEqual([]);
  expect(await repeatsOf(REFRESHES, "refresh_token")).toBeLessThanOrEqual(race.interruptions);
  expect(await repeatsOf(EXCHANGES, "code")).toBe(0);
}

/** How many requests carried what another had carried before. */
async function repeatsOf(match: typeof REFRESHES | typeof EXCHANGES, field: string) {
  const sent = (await emulator.requests(match)).map(({ body }) => body[field]);
  return sent.length - new Set(sent).size;
}

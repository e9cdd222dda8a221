import type { Family, GrantStore, RefreshToken } from "./grant-store.ts";
import type { Provider } from "./emulator-protocol.ts";
import type { EmulatorSettings } from "./settings.ts";

const DAY_MS = 86_400_000;

/** `wrong_client` is Bitbucket's odd answer: the family lives, but it looks like bad credentials. */
export type RefreshOutcome =
  | { readonly kind: "refreshed"; readonly family: Family; readonly used: RefreshToken }
  | { readonly kind: "unknown" | "dead" | "wrong_client" };

/** Decides; the caller issues the next pair. Only reuse changes anything here. */
export function refreshGrant(
  store: GrantStore,
  settings: EmulatorSettings,
  { provider, token, now }: { provider: Provider; token: string; now: number },
): RefreshOutcome {
  const used = store.refreshTokens.get(token);
  if (used === undefined || used.family.grant.provider !== provider) return { kind: "unknown" };
  const { family } = used;
  if (!family.alive || used.invalid || hasExpired(used, settings, now)) return { kind: "dead" };
  if (now < family.confusedUntil) return { kind: "wrong_client" };
  if (used.spentAt !== null && now - used.spentAt >= leewayMs(settings, provider)) {
    if (provider === "bitbucket") {
      family.confusedUntil = now + settings.bitbucketConfusedSeconds * 1000;
      return { kind: "wrong_client" };
    }
    family.alive = false;
    return { kind: "dead" };
  }
  return { kind: "refreshed", family, used };
}

function hasExpired(used: RefreshToken, settings: EmulatorSettings, now: number): boolean {
  const { provider } = used.family.grant;
  const unused = used.spentAt === null && now - used.issuedAt >= days(settings, provider) * DAY_MS;
  const absolute = provider === "jira" ? settings.jiraAbsoluteDays : null;
  return unused || (absolute !== null && now - used.family.startedAt >= absolute * DAY_MS);
}

function days(settings: EmulatorSettings, provider: Provider): number {
  return settings.refreshTokenDays[provider];
}

function leewayMs(settings: EmulatorSettings, provider: Provider): number {
  const strict = provider === "bitbucket" && settings.bitbucketStrict;
  return strict ? 0 : settings.leewaySeconds[provider] * 1000;
}

import { accountOf, pickSites, SITES } from "./accounts.ts";
import { htmlAnswer, redirectAnswer, textAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { checkAuthorizationRequest } from "./check-authorization-request.ts";
import type { AuthorizationRequest } from "./check-authorization-request.ts";
import { consentPage } from "./consent-page.ts";
import type { LoggedRequest, Provider } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { issueCode } from "./grant-store.ts";
import { escapeHtml, providerPage } from "./provider-page.ts";

const CODE_MS = 300_000;
const OWNER = "alice";

interface Decision {
  /** `allow`, `deny` or `error:<code>` */
  readonly verdict: string;
  readonly account: string;
  readonly sites: readonly string[];
}

/** The authorization endpoint of either provider: a page, or a redirect to the callback. */
export function answerAuthorize(
  provider: Provider,
  request: LoggedRequest,
  state: EmulatorState,
): Answer {
  if (!["GET", "POST"].includes(request.method)) {
    return textAnswer(405, "Method not allowed", { allow: "GET, POST" });
  }
  const asked = checkAuthorizationRequest(provider, request, state);
  if ("mistake" in asked) return mistakePage(provider, asked.mistake);
  const decision = request.method === "POST" ? clicked(request) : immediate(request, state);
  if (decision === undefined) return htmlAnswer(200, consentPage(asked, state.settings.account));
  request.account = decision.account;
  if (provider === "jira" && !state.settings.jiraSharing && decision.account !== OWNER) {
    return mistakePage(provider, "You don't have access to this app");
  }
  return redirectAnswer(302, callbackUrl(asked, decision, state));
}

function callbackUrl(
  asked: AuthorizationRequest,
  { verdict, account, sites }: Decision,
  state: EmulatorState,
): string {
  const url = new URL(asked.redirectUri);
  if (verdict === "allow") {
    url.searchParams.set("code", newCode(asked, { account, sites }, state));
  } else if (verdict.startsWith("error:")) {
    url.searchParams.set("error", verdict.slice("error:".length));
    url.searchParams.set("error_description", `The <b>emulator</b> "was" told to & did`);
  } else {
    url.searchParams.set("error", "access_denied");
    if (asked.provider === "jira") {
      url.searchParams.set("error_description", "User did not authorize the request");
    }
  }
  if (asked.state !== null) url.searchParams.set("state", asked.state);
  if (state.settings.sendIss !== null) url.searchParams.set("iss", state.settings.sendIss);
  return url.href;
}

function newCode(
  { provider, redirectUri, scopes, challenge }: AuthorizationRequest,
  { account, sites }: Pick<Decision, "account" | "sites">,
  state: EmulatorState,
): string {
  const expiresAt = emulatorNow(state) + CODE_MS;
  const siteless = provider === "bitbucket" || accountOf(account).sites.length === 0;
  const picked = siteless ? [] : pickSites(account, sites);
  const code = { provider, redirectUri, scopes, challenge, account, expiresAt };
  return issueCode(state.grants, { ...code, sites: picked, used: false });
}

function clicked(request: LoggedRequest): Decision {
  const form = new URLSearchParams(request.bodyText);
  return {
    verdict: form.get("decision") ?? "deny",
    account: form.get("account") ?? OWNER,
    sites: form.getAll("site"),
  };
}

function immediate({ query }: LoggedRequest, { settings }: EmulatorState): Decision | undefined {
  const told = Object.keys(query).some((name) => name.startsWith("emulator_"));
  if (!told && settings.consent === "page") return undefined;
  const verdict = settings.consent === "deny" ? "deny" : "allow";
  return {
    verdict: query["emulator_decision"] ?? verdict,
    account: query["emulator_account"] ?? settings.account,
    sites: query["emulator_sites"]?.split(",").filter(Boolean) ?? SITES.slice(0, 1).map(bySlug),
  };
}

function bySlug({ slug }: { readonly slug: string }): string {
  return slug;
}

function mistakePage(provider: Provider, mistake: string): Answer {
  const content = `<p>${escapeHtml(mistake)}</p><p>Nothing was sent to the app.</p>`;
  return htmlAnswer(400, providerPage(provider, "Something went wrong", content));
}

import { jsonAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { PROVIDERS } from "./emulator-protocol.ts";
import type { GrantMatch, Provider, RequestMatch } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { armFault, releaseGate } from "./fault-list.ts";
import { checkFault } from "./fault.ts";
import { matchesGrant, revokeGrants } from "./grant-store.ts";
import { arrivedRequests, findRequests } from "./request-log.ts";
import { changeSettings } from "./settings.ts";

type Command = (state: EmulatorState, input: never, gone: AbortSignal) => unknown;

const commands: Readonly<Record<string, Command>> = {
  configure(state, input: Record<string, unknown>) {
    state.settings = changeSettings(state.settings, input);
  },
  "register-callbacks"(state, input: { provider: Provider; urls: string[] }) {
    const client = state.clients[input.provider];
    state.clients[input.provider] = { ...client, callbacks: input.urls };
  },
  fault(state, input: object) {
    armFault(state.faults, checkFault(input));
  },
  "clear-faults"(state) {
    state.faults.armed.length = 0;
  },
  release(state, input: { name: string }) {
    return releaseGate(state.faults, input.name);
  },
  requests(state, input: RequestMatch) {
    return findRequests(state.log, input);
  },
  "wait-for-requests"(
    state,
    input: { match: RequestMatch; count: number; timeoutMs: number },
    gone,
  ) {
    const signal = AbortSignal.any([
      AbortSignal.timeout(input.timeoutMs),
      state.ended.signal,
      gone,
    ]);
    return arrivedRequests(state.log, { match: input.match, count: input.count, signal });
  },
  "advance-clock"(state, input: { seconds: number }) {
    state.clockOffsetMs += input.seconds * 1000;
  },
  "expire-access-tokens"(state, input: GrantMatch) {
    const tokens = [...state.grants.accessTokens.values()];
    const expiring = tokens.filter(({ family }) => matchesGrant(input, family.grant));
    for (const token of expiring) token.expiresAt = Math.min(token.expiresAt, emulatorNow(state));
    return expiring.length;
  },
  "revoke-grants"(state, input: GrantMatch) {
    return revokeGrants(state.grants, input);
  },
  "invalidate-refresh-tokens"(state, input: GrantMatch) {
    const tokens = [...state.grants.refreshTokens.values()];
    const dying = tokens.filter(({ family }) => matchesGrant(input, family.grant));
    for (const token of dying) token.invalid = true;
    return dying.length;
  },
  grants(state) {
    return state.grants.families.map(({ id, grant, refreshes, mostAtOnce, alive }) => {
      const { provider, account, scopes } = grant;
      const sites = grant.sites.map((site) => site.id);
      return { provider, account, family: id, scopes, sites, refreshes, mostAtOnce, alive };
    });
  },
  whose(state, input: { accessToken: string }) {
    const token = state.grants.accessTokens.get(input.accessToken);
    if (token === undefined) return null;
    const { grant, id, alive } = token.family;
    const fresh = token.expiresAt > emulatorNow(state);
    return { provider: grant.provider, account: grant.account, family: id, alive: alive && fresh };
  },
};

/** `POST /_emulator/<command>` with JSON; a command that makes no sense says so with 400. */
export async function answerControl(
  state: EmulatorState,
  { command, text, gone }: { command: string; text: string; gone: AbortSignal },
): Promise<Answer> {
  const run = commands[command];
  if (run === undefined) return jsonAnswer(404, { error: `no such command: ${command}` });
  try {
    const input = JSON.parse(text) as { provider?: unknown };
    const { provider } = input;
    if (provider !== undefined && !PROVIDERS.some((known) => known === provider)) {
      throw new Error(`no such provider: ${JSON.stringify(provider)}`);
    }
    return jsonAnswer(200, { result: (await run(state, input as never, gone)) ?? null });
  } catch (error) {
    return jsonAnswer(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

// The Durable Object, one for each owner: the truth about their connections. It only receives
// calls and says who may make them; what is done stands in the files it names.
import { DurableObject } from "cloudflare:workers";
import { readConfig } from "../config.ts";
import type { ProviderId } from "../providers/provider.ts";
import { logEvent, logFailure } from "../shared/log-event.ts";
import { asOwnerId } from "../shared/owner-id.ts";
import { singleFlight } from "../shared/single-flight.ts";
import { MINUTE_MS, SECOND_MS } from "../shared/time.ts";
import { answerToken, refreshAhead } from "./answer-token.ts";
import { disconnectProvider } from "./disconnect-provider.ts";
import { type ErasureReceipt, eraseOwner, repeatReceipt } from "./erase-owner.ts";
import { type ArrivalOutcome, finishFlow, type FlowArrival } from "./finish-flow.ts";
import { forceRefresh } from "./force-refresh.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { type ConnectionSummaries, listConnections } from "./list-connections.ts";
import { nextAlarm } from "./next-alarm.ts";
import { recoverPublications } from "./recover-publications.ts";
import { recoverRefreshes } from "./recover-refreshes.ts";
import { refreshSites, type SitesAnswer } from "./refresh-sites.ts";
import { isSpent, runAlarm } from "./run-alarm.ts";
import { claimSession, currentSession } from "./session-claim.ts";
import { storedRows } from "./stored-rows.ts";
import type { TokenAnswer, WithSession } from "./token-answer.ts";

/** Whatever a row asks for, the alarm never spins. */
const MIN_ALARM_DELAY_MS = 5 * SECOND_MS;
/** An interrupted refresh finishes by itself within a minute, also when its alarm is interrupted. */
const ALARM_RETRY_MS = MINUTE_MS;

const NOT_CONNECTED: TokenAnswer = { kind: "not_connected" };

export class TokenKeeper extends DurableObject<Env> {
  readonly #context: KeeperContext | undefined;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#context = this.#openContext();
    if (!this.#context) return;
    // What is found now, the last instance did not live to finish.
    this.#context.background(recoverRefreshes(this.#context));
    this.#context.background(recoverPublications(this.#context));
  }

  async finishFlow(
    provider: ProviderId,
    arrival: FlowArrival,
  ): Promise<WithSession<ArrivalOutcome>> {
    const ctx = this.#requireContext();
    const client = ctx.clients[provider];
    if (!client) return { session: undefined, answer: { outcome: "invalid_flow" } };
    const answer = await finishFlow(ctx, client, arrival);
    return { session: answer.outcome === "connected" ? sessionOf(ctx) : undefined, answer };
  }

  readToken(provider: ProviderId, sessionId: string): Promise<WithSession<TokenAnswer>> {
    return this.#withSession(sessionId, NOT_CONNECTED, (ctx) => answerToken(ctx, provider));
  }

  forceRefresh(
    provider: ProviderId,
    sessionId: string,
    rejected: string,
  ): Promise<WithSession<TokenAnswer>> {
    return this.#withSession(sessionId, NOT_CONNECTED, (ctx) =>
      forceRefresh(ctx, provider, rejected),
    );
  }

  refreshAhead(provider: ProviderId, sessionId: string): Promise<WithSession<void>> {
    return this.#withSession(sessionId, undefined, async (ctx) => refreshAhead(ctx, provider));
  }

  refreshSites(provider: ProviderId, sessionId: string): Promise<WithSession<SitesAnswer>> {
    return this.#withSession<SitesAnswer>(sessionId, { kind: "not_connected" }, (ctx) =>
      refreshSites(ctx, provider),
    );
  }

  /** For an answer that waited for something else: how the session stands by now. */
  currentSession(sessionId: string): Promise<WithSession<void>> {
    return this.#withSession(sessionId, undefined, async () => undefined);
  }

  listConnections(sessionId: string): Promise<WithSession<ConnectionSummaries | null>> {
    return this.#withSession(sessionId, null, listConnections);
  }

  disconnectProvider(provider: ProviderId, sessionId: string): Promise<WithSession<void>> {
    return this.#withSession(sessionId, undefined, (ctx) => disconnectProvider(ctx, provider));
  }

  async eraseOwner(sessionId: string): Promise<WithSession<ErasureReceipt | null>> {
    const erasure = await this.#withSession(sessionId, null, eraseOwner);
    const answer = erasure.answer ?? repeatReceipt(this.#requireContext());
    return { ...erasure, answer };
  }

  /** Sets its successor first: the platform drops an alarm that keeps failing. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + ALARM_RETRY_MS);
    const ctx = this.#context;
    if (!ctx) {
      logEvent("error", "alarm_without_configuration");
      return;
    }
    await runAlarm(ctx);
    if (isSpent(ctx)) await this.ctx.storage.deleteAll();
    else ctx.planAlarm();
  }

  /** Does it for whoever has a good session, and says how that session stands afterwards. */
  async #withSession<Answer>(
    sessionId: string,
    withoutSession: Answer,
    work: (ctx: KeeperContext) => Promise<Answer>,
  ): Promise<WithSession<Answer>> {
    const ctx = this.#requireContext();
    if (!(await claimSession(ctx, sessionId))) return { session: null, answer: withoutSession };
    const answer = await work(ctx);
    return { session: sessionOf(ctx), answer };
  }

  /** The edge refuses before it calls when the configuration is faulty. */
  #requireContext(): KeeperContext {
    if (!this.#context) throw new Error("misconfigured");
    return this.#context;
  }

  #openContext(): KeeperContext | undefined {
    const { config } = readConfig(this.env);
    // An object knows its own name, also when its alarm woke it.
    const name = this.ctx.id.name;
    if (!config || name === undefined) return undefined;
    const rows = storedRows(this.ctx.storage.kv);
    return {
      owner: asOwnerId(name),
      rows,
      kv: this.env.TOKENS,
      keyring: config.keyring,
      clients: config.clients,
      sessionDays: config.sessionDays,
      refreshes: singleFlight(),
      publications: singleFlight(),
      lookups: singleFlight(),
      disconnects: new Map(),
      now: () => Date.now(),
      planAlarm: () => this.#setAlarm(nextAlarm(rows, config.sessionDays)),
      background: (work) => this.ctx.waitUntil(logFailure(work)),
    };
  }

  #setAlarm(at: number | undefined): void {
    const { storage } = this.ctx;
    const isSet =
      at === undefined
        ? storage.deleteAlarm()
        : storage.setAlarm(Math.max(at, Date.now() + MIN_ALARM_DELAY_MS));
    this.ctx.waitUntil(isSet);
  }
}

function sessionOf(ctx: KeeperContext) {
  const owner = ctx.rows.owner();
  return owner?.state === "live" ? currentSession(ctx.owner, owner, ctx.rows) : undefined;
}

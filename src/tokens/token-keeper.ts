// The Durable Object, one for each owner: the truth about their connections. It only receives
// calls and says who may make them; what is done stands in the files it names.
import { DurableObject } from "cloudflare:workers";
import { readConfig } from "../config.ts";
import type { ProviderId } from "../providers/provider.ts";
import { errorKind, logEvent, logFailure } from "../shared/log-event.ts";
import { asOwnerId } from "../shared/owner-id.ts";
import { singleFlight } from "../shared/single-flight.ts";
import { MINUTE_MS, SECOND_MS } from "../shared/time.ts";
import { answerToken, refreshAhead } from "./answer-token.ts";
import { disconnectProvider } from "./disconnect-provider.ts";
import { type ErasureReceipt, eraseOwner } from "./erase-owner.ts";
import { type ArrivalOutcome, finishFlow, type FlowArrival } from "./finish-flow.ts";
import { forceRefresh } from "./force-refresh.ts";
import type { KeeperContext } from "./keeper-context.ts";
import { type ConnectionSummaries, listConnections } from "./list-connections.ts";
import { nextAlarm } from "./plan-alarm.ts";
import { isSpent, recoverRefreshes, runAlarm } from "./run-alarm.ts";
import { claimSession, currentSession } from "./session-claim.ts";
import { storedRows } from "./stored-rows.ts";
import type { Told, TokenAnswer } from "./token-answer.ts";

/** Whatever a row asks for, the alarm never spins. */
const MIN_ALARM_DELAY_MS = 5 * SECOND_MS;
const ALARM_RETRY_MS = 10 * MINUTE_MS;

export class TokenKeeper extends DurableObject<Env> {
  readonly #context: KeeperContext | undefined;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#context = this.#openContext();
    // An intent found now is a refresh that the last instance did not live to finish.
    this.#context?.background(recoverRefreshes(this.#context));
  }

  async finishFlow(provider: ProviderId, arrival: FlowArrival): Promise<Told<ArrivalOutcome>> {
    const ctx = this.#work();
    const client = ctx.clients[provider];
    if (!client) return { session: null, answer: { outcome: "invalid_flow" } };
    const answer = await finishFlow(ctx, client, arrival);
    return { session: answer.outcome === "connected" ? this.#session(ctx) : null, answer };
  }

  readToken(provider: ProviderId, sessionId: string): Promise<Told<TokenAnswer>> {
    const ctx = this.#work();
    return this.#tell(sessionId, NOT_CONNECTED, () => answerToken(ctx, provider));
  }

  forceRefresh(
    provider: ProviderId,
    sessionId: string,
    rejected: string,
  ): Promise<Told<TokenAnswer>> {
    const ctx = this.#work();
    return this.#tell(sessionId, NOT_CONNECTED, () => forceRefresh(ctx, provider, rejected));
  }

  async refreshAhead(provider: ProviderId, sessionId: string): Promise<void> {
    const ctx = this.#work();
    if (await claimSession(ctx, sessionId)) refreshAhead(ctx, provider);
  }

  listConnections(sessionId: string): Promise<Told<ConnectionSummaries | null>> {
    const ctx = this.#work();
    return this.#tell(sessionId, null, () => listConnections(ctx));
  }

  disconnectProvider(provider: ProviderId, sessionId: string): Promise<Told<void>> {
    const ctx = this.#work();
    return this.#tell(sessionId, undefined, () => disconnectProvider(ctx, provider));
  }

  eraseOwner(sessionId: string): Promise<Told<ErasureReceipt | null>> {
    const ctx = this.#work();
    return this.#tell(sessionId, null, () => eraseOwner(ctx));
  }

  /** The platform drops an alarm that keeps failing: whatever happens, there is a next one. */
  override async alarm(): Promise<void> {
    const ctx = this.#context;
    if (!ctx) return this.#alarmLater();
    try {
      await runAlarm(ctx);
    } catch (error) {
      logEvent("error", "alarm_failed", { error: errorKind(error) });
      return this.#alarmLater();
    }
    if (isSpent(ctx, ctx.now())) return this.ctx.storage.deleteAll();
    ctx.planAlarm();
  }

  #alarmLater(): Promise<void> {
    return this.ctx.storage.setAlarm(Date.now() + ALARM_RETRY_MS);
  }

  /** Does it for whoever has a good session, and says how that session stands afterwards. */
  async #tell<Answer>(
    sessionId: string,
    withoutSession: Answer,
    work: () => Promise<Answer>,
  ): Promise<Told<Answer>> {
    const ctx = this.#work();
    if (!(await claimSession(ctx, sessionId))) return { session: null, answer: withoutSession };
    const answer = await work();
    return { session: this.#session(ctx), answer };
  }

  #session(ctx: KeeperContext) {
    const owner = ctx.rows.owner();
    return owner?.state === "live" ? currentSession(ctx.owner, owner, ctx.rows) : null;
  }

  /** The edge refuses before it calls when the configuration is faulty. */
  #work(): KeeperContext {
    if (!this.#context) throw new Error("misconfigured");
    return this.#context;
  }

  #openContext(): KeeperContext | undefined {
    const { config } = readConfig(this.env);
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
      now: () => Date.now(),
      planAlarm: () => {
        const at = nextAlarm(rows, config.sessionDays);
        if (at === undefined) this.ctx.waitUntil(this.ctx.storage.deleteAlarm());
        else
          this.ctx.waitUntil(
            this.ctx.storage.setAlarm(Math.max(at, Date.now() + MIN_ALARM_DELAY_MS)),
          );
      },
      background: (work) => this.ctx.waitUntil(logFailure(work)),
    };
  }
}

const NOT_CONNECTED: TokenAnswer = { kind: "not_connected" };

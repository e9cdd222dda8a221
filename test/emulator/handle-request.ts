import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { textAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { bearerToken } from "./api-access.ts";
import { countRefresh } from "./count-refresh.ts";
import { deliverAnswer } from "./deliver-answer.ts";
import type { GrantType, LoggedRequest } from "./emulator-protocol.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { passGate, takeFault } from "./fault-list.ts";
import { replacesAnswer } from "./fault.ts";
import type { Fault } from "./fault.ts";
import { contentType, firstValues, parseBody, readBody, textField } from "./read-request.ts";
import { logRequest, notifyWaiters } from "./request-log.ts";
import { routeRequest } from "./route-request.ts";
import type { Route } from "./route-request.ts";

/** Logs a provider request, answers it, and lets at most one fault at it. */
export async function handleRequest(
  state: EmulatorState,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { signal } = state.ended;
  const [rawPath, query] = splitOnce(incoming.url ?? "", "?");
  const route = routeRequest(rawPath);
  const request = logEntry(state, route, incoming, query);
  const cut = (): void => void response.destroy();
  signal.addEventListener("abort", cut);
  response.on("close", () => {
    request.aborted = !response.writableFinished;
    if (request.aborted) notifyWaiters(state.log);
    signal.removeEventListener("abort", cut);
  });
  logRequest(state.log, request);
  request.bodyText = await readBody(incoming, (bytes) => (request.bodyBytes = bytes));
  request.body = parseBody(contentType(request), request.bodyText);
  if (request.endpoint === "token") request.grantType = grantTypeOf(request);
  request.account = accountOfRequest(request, state);
  countRefresh(state.grants, request, response);
  request.complete = true;
  const fault = takeFault(state.faults, request);
  notifyWaiters(state.log);

  const answer = await answerWithFault({ route, request, state, fault });
  if (answer === "hang") return;
  if (answer === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  request.status = answer.status;
  const gzip = acceptsGzip(request) && ["api", "identity", "sites"].includes(request.endpoint);
  await deliverAnswer({ response, answer, fault, gzip, signal });
}

interface Work {
  readonly route: Route;
  readonly request: LoggedRequest;
  readonly state: EmulatorState;
  readonly fault: Fault | undefined;
}

async function answerWithFault(work: Work): Promise<Answer | "hang" | "reset"> {
  const { route, request, state, fault } = work;
  if (fault === undefined) return route.answer(request, state);
  const early = fault.phase === "after" ? route.answer(request, state) : undefined;
  if (fault.hold !== undefined) await passGate(state.faults, fault.hold, state.ended.signal);
  if (fault.delayMs !== undefined) {
    await delay(fault.delayMs, undefined, { signal: state.ended.signal });
  }
  if (fault.hang === true) return "hang";
  if (fault.reset === true) return "reset";
  const replaced = replacesAnswer(fault);
  const own = early ?? (replaced ? undefined : route.answer(request, state));
  return replaced ? replacement(fault, own) : withFaultHeaders(fault, own ?? textAnswer(200, ""));
}

function replacement(fault: Fault, own: Answer | undefined): Answer {
  if (fault.redirect !== undefined) {
    const headers = { location: fault.redirect, ...fault.headers };
    return { status: fault.status ?? 302, headers, body: fault.body ?? "" };
  }
  const status = fault.status ?? own?.status ?? 200;
  const body = fault.body ?? (fault.hugeBytes === undefined ? "" : (own?.body ?? ""));
  const json = fault.hugeBytes !== undefined || /^\s*[{[]/.test(body);
  const type = json ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";
  return withFaultHeaders(fault, { status, headers: { "content-type": type }, body });
}

function withFaultHeaders(fault: Fault, answer: Answer): Answer {
  const lowered = Object.entries(fault.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return { ...answer, headers: { ...answer.headers, ...Object.fromEntries(lowered) } };
}

function logEntry(
  { log }: EmulatorState,
  { provider, endpoint, path }: Route,
  incoming: IncomingMessage,
  query: string,
): LoggedRequest {
  const headers = Object.entries(incoming.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")] as const,
  );
  return {
    sequence: (log.sequence += 1),
    time: Date.now(),
    provider,
    endpoint,
    method: incoming.method ?? "",
    path,
    url: incoming.url ?? "",
    query: firstValues(new URLSearchParams(query)),
    headers: Object.fromEntries(headers),
    body: {},
    bodyText: "",
    bodyBytes: 0,
    complete: false,
    grantType: null,
    account: null,
    status: null,
    aborted: false,
  };
}

function grantTypeOf(request: LoggedRequest): GrantType | null {
  const named = textField(request, "grant_type");
  return named === "authorization_code" || named === "refresh_token" ? named : null;
}

function accountOfRequest(request: LoggedRequest, { grants }: EmulatorState): string | null {
  if (request.endpoint === "token") {
    const code = grants.codes.get(textField(request, "code") ?? "");
    const refresh = grants.refreshTokens.get(textField(request, "refresh_token") ?? "");
    return code?.account ?? refresh?.family.grant.account ?? null;
  }
  return grants.accessTokens.get(bearerToken(request) ?? "")?.family.grant.account ?? null;
}

function acceptsGzip({ headers }: LoggedRequest): boolean {
  return /\bgzip\b/.test(headers["accept-encoding"] ?? "");
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

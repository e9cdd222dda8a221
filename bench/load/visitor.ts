import { request, type Dispatcher } from "undici";
import type { Answer, Call, CallPlan, Contender } from "../contender.ts";
import { NONCE_FOLLOWS } from "../provider/fake-provider.ts";

/** A browser with its cookies. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  call(call: Call): Promise<Answer>;
}

let visitors = 0;

/** Each has a client address of its own: limits count by it. */
export function createVisitor(origin: string, dispatcher?: Dispatcher): Visitor {
  visitors += 1;
  const address = `10.${visitors >> 16}.${(visitors >> 8) & 255}.${visitors & 255}`;
  const cookies = new Map<string, string>();
  return {
    cookies,
    async call({ method, path, headers, body }) {
      const response = await request(origin + path, {
        method,
        headers: { ...headers, ...cookieHeader(cookies), "cf-connecting-ip": address },
        ...(body === undefined ? {} : { body }),
        ...(dispatcher ? { dispatcher } : {}),
      });
      const answered = new Headers();
      for (const [name, values = []] of Object.entries(response.headers)) {
        for (const value of [values].flat()) answered.append(name, value);
      }
      for (const line of answered.getSetCookie()) keep(cookies, line);
      return { status: response.statusCode, headers: answered, text: await response.body.text() };
    },
  };
}

export function cookieHeader(cookies: ReadonlyMap<string, string>): Record<string, string> {
  if (cookies.size === 0) return {};
  return { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") };
}

/** The request that a plan comes to; throws what its questions throw. */
export async function planCall(plan: CallPlan, visitor: Visitor): Promise<Call> {
  return typeof plan === "function" ? plan((call) => visitor.call(call)) : plan;
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(/;\s*/);
  const at = pair.indexOf("=");
  const name = pair.slice(0, at);
  if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) cookies.delete(name);
  else cookies.set(name, pair.slice(at + 1));
}

/** What the provider's consent page would send the browser back to. */
export async function startJourney(visitor: Visitor, { name, journey }: Contender, code: string) {
  if (!journey) throw new Error(`${name} has no journey`);
  const started = await visitor.call(await planCall(journey.start, visitor));
  const location = started.headers.get("location");
  const authorize =
    journey.authorizationUrl?.(started) ?? (location ? new URL(location) : undefined);
  if (!authorize) throw new Error(`${name}: the start answered ${started.status} ${started.text}`);
  const callback = new URL(authorize.searchParams.get("redirect_uri") ?? "");
  const nonce = authorize.searchParams.get("nonce");
  callback.searchParams.set("code", nonce === null ? code : code + NONCE_FOLLOWS + nonce);
  callback.searchParams.set("state", authorize.searchParams.get("state") ?? "");
  return {
    method: "GET",
    path: callback.pathname + callback.search,
    headers: { ...NAVIGATION, ...journey.callbackHeaders },
  } satisfies Call;
}

const NAVIGATION = {
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
  "sec-fetch-site": "cross-site",
  accept: "text/html",
};

/** Signs in; throws an `Error` for a refusal. That it worked, the first read shows. */
export async function signIn(origin: string, contender: Contender, code: string): Promise<Visitor> {
  const visitor = createVisitor(origin);
  const callback = await startJourney(visitor, contender, code);
  const arrived = await visitor.call(callback);
  if (arrived.status >= 400)
    throw new Error(`${contender.name}: callback ${arrived.status} ${arrived.text}`);
  return visitor;
}

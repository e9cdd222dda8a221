// What a browser does for the journeys, on any runtime: who sends and to where is given.

/** Fetch Metadata of a link that a person followed within the site. */
const NAVIGATION = { "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "same-origin" };

/** How a person decides on a consent page; the emulator then redirects at once. */
interface Decision {
  readonly decision?: string;
  readonly account?: string;
  readonly sites?: string;
}

/** A browser with one cookie jar: as much of one as a journey needs. */
export interface Browser {
  readonly cookies: Map<string, string>;
  /** The callback comes from another site, as a clicked consent page sends it: no Strict cookie. */
  navigate(url: string, headers?: Record<string, string>): Promise<Response>;
  /** A `fetch` of the connections page. */
  call(method: string, path: string, init?: RequestInit): Promise<Response>;
  /** Starts a flow; where the provider would show its consent page. */
  start(provider: string, query?: string): Promise<URL>;
  /** Lets the provider decide; the callback that the browser is sent to. */
  consent(authorizationUrl: URL, decision?: Decision): Promise<string>;
  arrive(callback: string): Promise<Response>;
  /** A whole flow; where it ends. */
  connect(provider: string, decision?: Decision): Promise<URL>;
}

const SESSION = "__Host-Http-latchkey";
let browsers = 0;

interface BrowserSettings {
  /** Latchkey's. */
  readonly origin: string;
  readonly cookies: Map<string, string>;
  /** Sends a request as it is, with these headers and no others of its own, and follows nothing. */
  readonly send: (request: Request) => Promise<Response>;
}

/** Each has a client address of its own: the limit for flows counts by it. */
export function createBrowser({ origin, cookies, send: answer }: BrowserSettings): Browser {
  browsers += 1;
  const address = `10.${browsers >> 16}.${(browsers >> 8) & 255}.${browsers & 255}`;

  async function send(url: string, init: RequestInit, withStrict: boolean): Promise<Response> {
    const headers = new Headers(init.headers);
    const sent = [...cookies].filter(([name]) => withStrict || name !== SESSION);
    if (sent.length > 0) headers.set("Cookie", sent.map((pair) => pair.join("=")).join("; "));
    headers.set("CF-Connecting-IP", address);
    const response = await answer(new Request(url, { ...init, headers, redirect: "manual" }));
    for (const line of response.headers.getSetCookie()) keep(line);
    return response;
  }

  function keep(line: string): void {
    const [pair = "", ...attributes] = line.split("; ");
    const [name = "", value = ""] = pair.split("=");
    if (attributes.includes("Max-Age=0")) cookies.delete(name);
    else cookies.set(name, value);
  }

  const browser: Browser = {
    cookies,
    navigate: (url, headers = {}) =>
      send(new URL(url, origin).href, { headers: { ...NAVIGATION, ...headers } }, true),
    call: (method, path, init = {}) =>
      send(
        origin + path,
        {
          ...init,
          method,
          headers: { ...API_HEADERS, ...Object.fromEntries(new Headers(init.headers)) },
        },
        true,
      ),
    async start(provider, query = "") {
      const response = await browser.navigate(`/auth/${provider}${query}`);
      const location = response.headers.get("Location");
      if (!location) throw new Error(`the start answered ${response.status}`);
      return new URL(location);
    },
    async consent(authorizationUrl, { decision = "allow", account = "alice", sites } = {}) {
      const choice = new URLSearchParams({
        emulator_decision: decision,
        emulator_account: account,
        ...(sites === undefined ? {} : { emulator_sites: sites }),
      });
      // Appended, not parsed and written anew: the provider reads %20 and + differently.
      const response = await fetch(`${authorizationUrl.href}&${choice}`, { redirect: "manual" });
      const location = response.headers.get("Location");
      if (!location) throw new Error(`the provider answered ${response.status}`);
      return location;
    },
    arrive: (callback) =>
      send(callback, { headers: { ...NAVIGATION, "Sec-Fetch-Site": "cross-site" } }, false),
    async connect(provider, decision) {
      const callback = await browser.consent(await browser.start(provider), decision);
      const response = await browser.arrive(callback);
      const location = response.headers.get("Location");
      if (!location) throw new Error(`the callback answered ${response.status}`);
      return new URL(location);
    },
  };
  return browser;
}

const API_HEADERS = { "X-Latchkey": "1", "Sec-Fetch-Site": "same-origin" };

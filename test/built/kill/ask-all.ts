import type { Connection } from "./connected-owner.ts";

/** A call for every connection. What a kill cuts off ends as `undefined`. */
export function askAll(connections: readonly Connection[]): Promise<(Response | undefined)[]> {
  const calls = connections.map(({ browser, provider }) =>
    browser.call("GET", `/connections/${provider}/token`).catch(() => undefined),
  );
  return Promise.all(calls);
}

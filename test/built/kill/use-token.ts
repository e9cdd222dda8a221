import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import type { Connection } from "./connected-owner.ts";
import { retryAfterOf } from "./retry-after-of.ts";

export type Call = Pick<Connection, "provider" | "account" | "browser">;

/**
 * A front-end's token, after one `Retry-After` at most. Throws unless the provider takes it and it
 * is of this account.
 */
export async function useToken(emulator: EmulatorControl, call: Call): Promise<string> {
  const ask = () => call.browser.call("GET", `/connections/${call.provider}/token`);
  let response = await ask();
  if (response.status === 503) {
    await delay(retryAfterOf(response) * 1_000);
    response = await ask();
  }
  return tokenOf(emulator, call, response);
}

/** The token after a refresh that a front-end forces because the provider rejected this one. */
export async function forceRefresh(
  emulator: EmulatorControl,
  call: Call,
  token: string,
): Promise<string> {
  const rejected = createHash("sha256").update(token).digest("base64url");
  const body = JSON.stringify({ rejected });
  const path = `/connections/${call.provider}/refresh`;
  const newer = await tokenOf(emulator, call, await call.browser.call("POST", path, { body }));
  if (newer === token) throw new Error("a forced refresh brought the same token");
  return newer;
}

// The messages say nothing of a token's text: test output is searched for secrets.
async function tokenOf(emulator: EmulatorControl, call: Call, response: Response): Promise<string> {
  const body = (await response.json()) as { access_token?: string; code?: string };
  if (response.status !== 200) throw new Error(`answered ${response.status} ${body.code ?? ""}`);
  const token = body.access_token ?? "";
  const whose = await emulator.whose(token);
  if (!whose?.alive) throw new Error("a token that the provider does not take");
  if (whose.provider !== call.provider || whose.account !== call.account) {
    throw new Error(`a token of ${whose.account} at ${whose.provider}`);
  }
  return token;
}

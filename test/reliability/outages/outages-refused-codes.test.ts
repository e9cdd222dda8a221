import { reset } from "cloudflare:test";
import { beforeEach, expect, test } from "vitest";
import type { Provider } from "../../emulator/emulator-protocol.ts";
import { emulator, useFreshEmulator } from "../../journeys/journey-emulator.ts";
import { openBrowser } from "../../journeys/open-browser.ts";

useFreshEmulator();
beforeEach(() => reset());

type Case = readonly [provider: Provider, status: number, body: string, reason: string];

const REFUSED: readonly Case[] = [
  rejected("bitbucket", 400, "invalid_grant", "The specified code is not valid."),
  rejected("bitbucket", 400, "invalid_grant", "Unsupported grant type: None"),
  rejected("bitbucket", 403, "unauthorized", "Not allowed"),
  rejected("jira", 400, "invalid_request", "authorization_code is invalid"),
  rejected("jira", 403, "invalid_request", "authorization_code is invalid"),
  ["jira", 403, "<html>Forbidden</html>", "provider_rejected"],
  misconfigured("bitbucket", 400, "unauthorized_client", "Invalid OAuth client credentials"),
  misconfigured("bitbucket", 400, "invalid_client"),
  misconfigured("jira", 401, "access_denied", "Unauthorized"),
  misconfigured("jira", 401, "invalid_client"),
  ["jira", 429, "Rate limit exceeded", "provider_unavailable"],
  ["jira", 400, '{"error":"temporarily_unavailable"}', "provider_unavailable"],
  ["bitbucket", 503, '{"error":"invalid_client"}', "provider_unavailable"],
];

test.each(REFUSED)(
  "%s refuses a code, %i %s: %s, nothing is connected, and the next consent works",
  async (provider, status, body, reason) => {
    const browser = openBrowser();
    await emulator.fault({ endpoint: "token", status, body });
    const end = await browser.connect(provider);
    expect(end.search).toBe(`?provider=${provider}&outcome=failed&reason=${reason}`);
    expect(await emulator.requests({ endpoint: "token" })).toHaveLength(1);
    const list = await browser.call("GET", `/connections/${provider}`);
    expect(await list.json()).toMatchObject({ status: "not_connected" });
    expect((await browser.connect(provider)).search).toContain("outcome=connected");
  },
);

function rejected(provider: Provider, status: number, error: string, description = ""): Case {
  return [provider, status, textOf(error, description), "provider_rejected"];
}

function misconfigured(provider: Provider, status: number, error: string, description = ""): Case {
  return [provider, status, textOf(error, description), "provider_misconfigured"];
}

function textOf(error: string, error_description: string): string {
  return JSON.stringify({ error, error_description });
}

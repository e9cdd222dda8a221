import { expect, test } from "vitest";
import { flowIdOf, openFlow } from "../../src/flow/flow-record.ts";
import { startFlow } from "../../src/flow/start-flow.ts";
import { asOwnerId } from "../../src/shared/owner-id.ts";
import { sha256 } from "../../src/shared/sha256.ts";
import { testClient } from "../providers/test-client.ts";
import { testKeyring } from "../vault/test-keyring.ts";

const keyring = testKeyring("k1");
const NOW = Date.UTC(2026, 10, 21, 19);
const START = {
  owner: asOwnerId("owner-1"),
  returnTo: "https://app.example.com/page",
  startedUnder: "a session's hash",
  ownerSince: NOW,
};

async function start(id: "bitbucket" | "jira", client = testClient(id)) {
  const { flowId, box, authorizationUrl } = await startFlow(keyring, client, START, NOW);
  const flow = await openFlow(keyring, id, flowId, box, NOW);
  if (!flow) throw new Error("the flow does not open");
  return { flowId, box, flow, url: new URL(authorizationUrl) };
}

/** Every parameter; one that comes twice would be an array here. */
function parametersOf({ searchParams }: URL) {
  return Object.fromEntries(
    [...searchParams.keys()].map((name) => {
      const [value, ...more] = searchParams.getAll(name);
      return [name, more.length > 0 ? [value, ...more] : value];
    }),
  );
}

test("a flow remembers what it was started with", async () => {
  const { flow, flowId } = await start("jira");
  expect(flow).toMatchObject({ ...START, provider: "jira", issuedAt: NOW });
  expect(flowId).toBe(await flowIdOf(flow.state));
});

test("Bitbucket is asked with exactly these parameters, and no scope", async () => {
  const { flow, url } = await start("bitbucket");
  expect(url.origin + url.pathname).toBe("https://auth.bitbucket.example/site/oauth2/authorize");
  expect(parametersOf(url)).toStrictEqual({
    client_id: "bitbucket-client",
    code_challenge: await sha256(flow.codeVerifier),
    code_challenge_method: "S256",
    redirect_uri: "https://auth.example.com/auth/bitbucket/callback",
    response_type: "code",
    state: flow.state,
  });
});

test("Atlassian is asked with exactly these parameters", async () => {
  const { flow, url } = await start("jira");
  expect(url.origin + url.pathname).toBe("https://auth.jira.example/authorize");
  expect(parametersOf(url)).toStrictEqual({
    audience: "api.atlassian.com",
    client_id: "jira-client",
    code_challenge: await sha256(flow.codeVerifier),
    code_challenge_method: "S256",
    prompt: "consent",
    redirect_uri: "https://auth.example.com/auth/jira/callback",
    response_type: "code",
    scope: "read:jira-work offline_access",
    state: flow.state,
  });
});

test("scopes are separated by %20, and a plus stays a plus", async () => {
  const { url } = await start("jira", testClient("jira", { clientId: "a+b c" }));
  expect(url.search).toContain("scope=read%3Ajira-work%20offline_access");
  expect(url.searchParams.get("client_id")).toBe("a+b c");
});

test("a path prefix of the base URL is kept", async () => {
  const client = testClient("jira", { authUrl: "http://127.0.0.1:8788/atlassian" });
  const { url } = await start("jira", client);
  expect(url.href).toMatch(/^http:\/\/127\.0\.0\.1:8788\/atlassian\/authorize\?/);
});

test("state and verifier are random, unlike and of full strength in every flow", async () => {
  const flows = await Promise.all(Array.from({ length: 100 }, () => start("jira")));
  const texts = flows.flatMap(({ flow }) => [flow.state, flow.codeVerifier]);
  expect(new Set(texts).size).toBe(200);
  for (const text of texts) {
    // 22 characters of base64url carry 128 bits.
    expect(text).toMatch(/^[A-Za-z0-9_-]{22,}$/);
  }
  // RFC 7636 section 4.1.
  for (const { flow } of flows) expect(flow.codeVerifier).toMatch(/^[\w.~-]{43,128}$/);
});

test("the verifier is not derived from the state, nor the state from the verifier", async () => {
  const { flow, flowId } = await start("jira");
  const { state, codeVerifier } = flow;
  for (const text of [state, await sha256(state), flowId]) {
    expect(codeVerifier).not.toContain(text);
  }
  for (const text of [codeVerifier, await sha256(codeVerifier)]) {
    expect(state).not.toContain(text);
  }
});

test("the verifier leaves neither in the authorization URL nor readable in the box", async () => {
  const { flow, url, box } = await start("jira");
  expect(url.href).not.toContain(flow.codeVerifier);
  expect(url.href).not.toContain("app.example.com");
  expect(atob(box.replaceAll("-", "+").replaceAll("_", "/"))).not.toContain(flow.codeVerifier);
});

import { expect, test } from "vitest";
import { defaultClients } from "./clients.ts";
import { connectAccount, exchangeCode, newCode, postToken } from "./connect-account.ts";
import type { Provider } from "./emulator-protocol.ts";
import { useEmulator } from "./use-emulator.ts";

const given = useEmulator();
const providers: Provider[] = ["bitbucket", "jira"];
const badCode = {
  bitbucket: {
    status: 400,
    fields: { error: "invalid_grant", error_description: "The specified code is not valid." },
  },
  jira: {
    status: 403,
    fields: { error: "invalid_request", error_description: "authorization_code is invalid" },
  },
};

test.each(providers)("a code of %s works once", async (provider) => {
  const code = await newCode(given.emulator, provider);
  expect((await exchangeCode(given.emulator, provider, code)).status).toBe(200);
  expect(await exchangeCode(given.emulator, provider, code)).toEqual(badCode[provider]);
});

test.each(providers)("of many exchanges at once %s lets one through", async (provider) => {
  const code = await newCode(given.emulator, provider);
  const tries = Array.from({ length: 20 }, () => exchangeCode(given.emulator, provider, code));
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
});

test.each(providers)("%s insists on the verifier of the challenge", async (provider) => {
  const wrong = { code_verifier: "w".repeat(43) };
  const first = await newCode(given.emulator, provider);
  expect(await exchangeCode(given.emulator, provider, first, wrong)).toEqual(badCode[provider]);
  const second = await newCode(given.emulator, provider);
  const none = { code_verifier: "" };
  expect(await exchangeCode(given.emulator, provider, second, none)).toEqual(badCode[provider]);
});

test.each(providers)("%s needs no verifier where no challenge was sent", async (provider) => {
  const without = { code_challenge: undefined, code_challenge_method: undefined };
  const code = await newCode(given.emulator, provider, without);
  const answer = await exchangeCode(given.emulator, provider, code, { code_verifier: "" });
  expect(answer.status).toBe(200);
});

test.each(providers)(
  "a code of %s is bound to its redirect URI and to five minutes",
  async (provider) => {
    const other = { redirect_uri: "http://localhost:8787/other" };
    const first = await newCode(given.emulator, provider);
    expect(await exchangeCode(given.emulator, provider, first, other)).toEqual(badCode[provider]);
    const second = await newCode(given.emulator, provider);
    await given.emulator.control.advanceClock(301);
    expect(await exchangeCode(given.emulator, provider, second)).toEqual(badCode[provider]);
  },
);

test("a code of one provider is nothing to the other", async () => {
  const code = await newCode(given.emulator, "jira");
  expect(await exchangeCode(given.emulator, "bitbucket", code)).toEqual(badCode.bitbucket);
});

test("wrong client credentials have an answer of their own at each provider", async () => {
  const wrong = { client_secret: "wrong" };
  const form = { grant_type: "refresh_token", refresh_token: "x" };
  expect(await postToken(given.emulator, "bitbucket", { ...form, ...wrong })).toEqual({
    status: 400,
    fields: { error: "unauthorized_client", error_description: "Invalid OAuth client credentials" },
  });
  expect(await postToken(given.emulator, "jira", { ...form, ...wrong })).toEqual({
    status: 401,
    fields: { error: "access_denied", error_description: "Unauthorized" },
  });
});

test("Bitbucket takes HTTP Basic, Atlassian does not", async () => {
  const status = async (provider: Provider, endpoint: string) => {
    const { id, secret } = defaultClients[provider];
    const { refresh: token } = await connectAccount(given.emulator, provider);
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: token });
    const headers = { authorization: `Basic ${btoa(`${id}:${secret}`)}` };
    return (await fetch(endpoint, { method: "POST", headers, body })).status;
  };
  const { BITBUCKET_AUTH_URL, ATLASSIAN_AUTH_URL } = given.emulator.urls;
  expect(await status("bitbucket", `${BITBUCKET_AUTH_URL}/site/oauth2/access_token`)).toBe(200);
  expect(await status("jira", `${ATLASSIAN_AUTH_URL}/oauth/token`)).toBe(401);
});

test("Atlassian reads JSON, Bitbucket only forms", async () => {
  const post = async (provider: Provider, endpoint: string) => {
    const { id, secret } = defaultClients[provider];
    const { refresh: token } = await connectAccount(given.emulator, provider);
    const grant = { grant_type: "refresh_token", refresh_token: token };
    const body = JSON.stringify({ client_id: id, client_secret: secret, ...grant });
    const headers = { "content-type": "application/json" };
    const response = await fetch(endpoint, { method: "POST", headers, body });
    return { status: response.status, fields: await response.json() };
  };
  const { BITBUCKET_AUTH_URL, ATLASSIAN_AUTH_URL } = given.emulator.urls;
  expect(await post("jira", `${ATLASSIAN_AUTH_URL}/oauth/token`)).toMatchObject({ status: 200 });
  expect(await post("bitbucket", `${BITBUCKET_AUTH_URL}/site/oauth2/access_token`)).toEqual({
    status: 400,
    fields: { error: "invalid_grant", error_description: "Unsupported grant type: None" },
  });
});

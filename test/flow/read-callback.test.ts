import { expect, test } from "vitest";
import type { FlowRecord } from "../../src/flow/flow-record.ts";
import { readCallback, readState } from "../../src/flow/read-callback.ts";
import { asOwnerId } from "../../src/shared/owner-id.ts";
import { testClient } from "../providers/test-client.ts";

const STATE = "the-state-of-this-flow";
const ISSUER = "https://auth.jira.example";
const FLOW: FlowRecord = {
  provider: "jira",
  owner: asOwnerId("owner-1"),
  state: STATE,
  codeVerifier: "verifier",
  returnTo: "https://app.example.com/",
  issuedAt: 0,
  startedUnder: null,
  ownerSince: 0,
};

const read = (query: string, flow = FLOW, client = testClient("jira")) =>
  readCallback(client, flow, new URLSearchParams(query));

test("a code with the flow's state is a code", async () => {
  expect(await read(`code=abc&state=${STATE}`)).toStrictEqual({ kind: "code", code: "abc" });
});

test("a code keeps every character it came with", async () => {
  const code = "a+b/c=d&e ü.%";
  expect(await read(`state=${STATE}&code=${encodeURIComponent(code)}`)).toStrictEqual({
    kind: "code",
    code,
  });
});

test("parameters that nobody asked for are ignored", async () => {
  const query = `code=abc&state=${STATE}&scope=x&session_state=y&returnTo=https://evil.example`;
  expect(await read(query)).toStrictEqual({ kind: "code", code: "abc" });
});

test("the provider's own issuer is welcome, and none is as well", async () => {
  const query = `code=abc&state=${STATE}`;
  expect(await read(`${query}&iss=${encodeURIComponent(ISSUER)}`)).toMatchObject({ kind: "code" });
  expect(await read(query)).toMatchObject({ kind: "code" });
});

test.each([
  ["no state", "code=abc"],
  ["an empty state", "code=abc&state="],
  ["another state", "code=abc&state=another"],
  ["the beginning of the state", `code=abc&state=${STATE.slice(0, -1)}`],
  ["the state and more", `code=abc&state=${STATE}x`],
  ["the state in capitals", `code=abc&state=${STATE.toUpperCase()}`],
  ["the state twice", `code=abc&state=${STATE}&state=${STATE}`],
  ["two states", `code=abc&state=${STATE}&state=another`],
  ["no code", `state=${STATE}`],
  ["an empty code", `state=${STATE}&code=`],
  ["the code twice", `state=${STATE}&code=abc&code=abc`],
  ["two codes", `state=${STATE}&code=abc&code=def`],
  ["another issuer", `state=${STATE}&code=abc&iss=https://evil.example`],
  ["an empty issuer", `state=${STATE}&code=abc&iss=`],
  ["the issuer with a slash", `state=${STATE}&code=abc&iss=${ISSUER}/`],
  ["the issuer in capitals", `state=${STATE}&code=abc&iss=${ISSUER.toUpperCase()}`],
  ["the issuer twice", `state=${STATE}&code=abc&iss=${ISSUER}&iss=${ISSUER}`],
  ["the issuer and another", `state=${STATE}&code=abc&iss=${ISSUER}&iss=https://evil.example`],
  ["an error of another issuer", `state=${STATE}&error=access_denied&iss=https://evil.example`],
  ["two errors", `state=${STATE}&error=access_denied&error=server_error`],
  ["an error without the state", "error=access_denied"],
  ["an error with another state", "error=access_denied&state=another"],
  ["a JARM response", `state=${STATE}&code=abc&response=ey`],
  ["an implicit token", `state=${STATE}&code=abc&token=x`],
  ["nothing", ""],
])("%s is not trusted", async (_, query) => {
  expect(await read(query)).toStrictEqual({ kind: "untrusted" });
});

test("a flow without a state trusts nothing: missing on both sides is no match", async () => {
  for (const state of [undefined, "", null]) {
    const flow = { ...FLOW, state: state as unknown as string };
    for (const query of ["code=abc", "code=abc&state=", "code=abc&state=undefined"]) {
      if (String(state) === new URLSearchParams(query).get("state")) continue;
      expect(await read(query, flow)).toStrictEqual({ kind: "untrusted" });
    }
  }
});

test.each(["access_denied", "server_error", "anything<b>else"])(
  "%s is an error, also beside a code",
  async (error) => {
    const query = `state=${STATE}&error=${encodeURIComponent(error)}&error_description=x`;
    expect(await read(query)).toStrictEqual({ kind: "error", error });
    expect(await read(`code=abc&${query}`)).toStrictEqual({ kind: "error", error });
  },
);

test("an empty error beside a code is no code", async () => {
  expect(await read(`state=${STATE}&code=abc&error=`)).not.toMatchObject({ kind: "code" });
});

test("the state of a query is the only one, or none", () => {
  const state = (query: string) => readState(new URLSearchParams(query));
  expect(state("state=a")).toBe("a");
  for (const query of ["", "state", "state=", "state=a&state=a", "state=&state=a", "State=a"]) {
    expect(state(query)).toBeUndefined();
  }
});

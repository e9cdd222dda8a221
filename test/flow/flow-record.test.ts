import { expect, test } from "vitest";
import {
  FLOW_LIFETIME_MS,
  flowIdOf,
  type FlowRecord,
  liveFlows,
  openFlow,
  sealFlow,
} from "../../src/flow/flow-record.ts";
import { asOwnerId } from "../../src/shared/owner-id.ts";
import { seal } from "../../src/vault/seal.ts";
import { testKeyring } from "../vault/test-keyring.ts";

const keyring = testKeyring("k1");
const NOW = Date.UTC(2026, 10, 21, 19);

function flowWith(changes: Partial<FlowRecord> = {}): FlowRecord {
  return {
    provider: "jira",
    owner: asOwnerId("owner-1"),
    state: "state-1",
    codeVerifier: "verifier-1",
    returnTo: "https://app.example.com/",
    issuedAt: NOW,
    startedUnder: null,
    ownerSince: NOW,
    ...changes,
  };
}

async function boxOf(changes: Partial<FlowRecord> = {}) {
  const flow = flowWith(changes);
  const flowId = await flowIdOf(flow.state);
  return { flow, flowId, box: await sealFlow(keyring, flowId, flow) };
}

test("a flow comes back as it went in", async () => {
  const { flow, flowId, box } = await boxOf({ startedUnder: "a session's hash" });
  expect(await openFlow(keyring, "jira", flowId, box, NOW)).toStrictEqual(flow);
});

test("a flow lives for ten minutes", async () => {
  const { flowId, box } = await boxOf();
  expect(FLOW_LIFETIME_MS).toBe(600_000);
  expect(await openFlow(keyring, "jira", flowId, box, NOW + 599_999)).toBeDefined();
  expect(await openFlow(keyring, "jira", flowId, box, NOW + 600_000)).toBeUndefined();
});

test("a flow is bound to its provider and its id", async () => {
  const [{ flowId, box }, other] = [await boxOf(), await boxOf({ state: "state-2" })];
  expect(await openFlow(keyring, "bitbucket", flowId, box, NOW)).toBeUndefined();
  expect(await openFlow(keyring, "jira", other.flowId, box, NOW)).toBeUndefined();
  expect(await openFlow(keyring, "jira", "", box, NOW)).toBeUndefined();
});

test("a box of another purpose is no flow, whatever is in it", async () => {
  const { flow, flowId } = await boxOf();
  for (const purpose of ["access", "refresh", "session"] as const) {
    const box = await seal(keyring, purpose, ["jira", flowId], JSON.stringify(flow));
    expect(await openFlow(keyring, "jira", flowId, box, NOW)).toBeUndefined();
  }
});

test("a flow under a removed key is none", async () => {
  const { flowId, box } = await boxOf();
  expect(await openFlow(testKeyring("k2"), "jira", flowId, box, NOW)).toBeUndefined();
  expect(await openFlow(testKeyring("k2", "k1"), "jira", flowId, box, NOW)).toBeDefined();
});

test("a flow id fits into a cookie name, tells nothing of the state and is always the same", async () => {
  const flowId = await flowIdOf("state-1");
  expect(flowId).toMatch(/^[\w-]{22}$/);
  expect(await flowIdOf("state-1")).toBe(flowId);
  expect(await flowIdOf("state-2")).not.toBe(flowId);
  expect(flowId).not.toContain("state");
});

test("live flows come newest first, of both providers; expired and foreign ones don't count", async () => {
  const [old, fresh, expired, moved] = [
    await boxOf({ state: "old", issuedAt: NOW - 60_000 }),
    await boxOf({ state: "fresh", provider: "bitbucket" }),
    await boxOf({ state: "expired", issuedAt: NOW - FLOW_LIFETIME_MS }),
    { ...(await boxOf({ state: "moved" })), flowId: "elsewhere" },
  ];
  const garbage = { flowId: "garbage", box: "no box" };
  const live = await liveFlows(keyring, [old, garbage, expired, fresh, moved], NOW);
  expect(live.map(({ flow }) => flow.state)).toStrictEqual(["fresh", "old"]);
});

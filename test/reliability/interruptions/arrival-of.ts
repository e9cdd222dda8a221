import { flowIdOf, openFlow } from "../../../src/flow/flow-record.ts";
import type { FlowArrival } from "../../../src/tokens/finish-flow.ts";
import type { Browser } from "../../journeys/open-browser.ts";
import { testKeyring } from "../session-of.ts";

/** What the Worker would hand to the owner's object when this browser arrives with its callback. */
export async function arrivalOf(
  { cookies }: Browser,
  provider: "bitbucket" | "jira",
  callback: string,
): Promise<FlowArrival & { owner: string }> {
  const query = new URL(callback).searchParams;
  const flowId = await flowIdOf(query.get("state") ?? "");
  const box = cookies.get(`__Host-Http-latchkey-flow-${flowId}`) ?? "";
  const flow = await openFlow(testKeyring(), provider, flowId, box, Date.now());
  if (!flow) throw new Error("the browser has no such flow");
  const { owner, issuedAt, startedUnder, codeVerifier } = flow;
  const result = { kind: "code", code: query.get("code") ?? "" } as const;
  return { owner, flowId, issuedAt, startedUnder, codeVerifier, result };
}

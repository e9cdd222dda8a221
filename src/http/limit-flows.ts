import type { AppContext } from "./app-types.ts";

export const FLOW_LIMIT_PERIOD_SECONDS = 60;

/** Counts a start or a callback of a client address; whether it may go on. */
export async function limitFlows(c: AppContext, step: "start" | "callback"): Promise<boolean> {
  const address = c.req.header("CF-Connecting-IP") ?? "unknown";
  const { success } = await c.env.FLOW_LIMIT.limit({ key: `${step} ${address}` });
  return success;
}

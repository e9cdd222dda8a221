import type { AppContext } from "./app-types.ts";

export const FLOW_LIMIT_PERIOD_SECONDS = 60;

/** Counts a start or a callback of a client address; whether it may go on. */
export async function limitFlows(c: AppContext, step: "start" | "callback"): Promise<boolean> {
  const network = networkOf(c.req.header("CF-Connecting-IP") ?? "unknown");
  const { success } = await c.env.FLOW_LIMIT.limit({ key: `${step} ${network}` });
  return success;
}

/** An IPv4 address as it is; of an IPv6 address the /64, all of which one subscriber has. */
export function networkOf(address: string): string {
  // With a dot in it, it is IPv4, on its own or mapped.
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const behind = tail.split(":").filter(Boolean);
  while (address.includes("::") && groups.length + behind.length < 8) groups.push("0");
  return [...groups, ...behind].slice(0, 4).join(":");
}

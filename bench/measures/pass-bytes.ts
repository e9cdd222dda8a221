import { proxiedBytes } from "../contenders/proxied-bytes.ts";
import { drive, type Driven } from "../load/drive.ts";
import type { RunningContender } from "./run-contender.ts";

/** Bodies of so many bytes that come from the provider's API through the Worker. */
export function passBytes(
  { worker: { origin }, nextRead }: RunningContender,
  bytes: number,
  load: { readonly requests: number; readonly connections: number },
): Promise<Driven> {
  const proxied = proxiedBytes(bytes);
  const call = () => ({ ...proxied, headers: { ...nextRead().headers, ...proxied.headers } });
  return drive({ origin, call, ...load });
}

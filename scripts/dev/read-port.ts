import { Fault } from "./fault.ts";

/** The port that an option names, or the fallback when it is not there. */
export function readPort(option: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Fault(`${option} must be a port, not ${text}`);
}

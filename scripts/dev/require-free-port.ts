import { once } from "node:events";
import { createServer } from "node:net";
import { Fault } from "./fault.ts";

/** Wrangler says it in more words, and starts half of itself before. */
export async function requireFreePort(port: number, host = "localhost"): Promise<void> {
  const server = createServer().listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw portFault(error, port, "--port");
  }
  server.close();
  await once(server, "close");
}

/** What to tell about a port that could not be listened on. */
export function portFault(error: unknown, port: number, option: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "EADDRINUSE") return error;
  return new Fault(`port ${port} is taken: end what listens there, or choose another by ${option}`);
}

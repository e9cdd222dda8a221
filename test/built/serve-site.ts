import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

/** A page of its own at `/`; `/away?to=…` redirects there. */
export async function serveSite(host: "localhost" | "127.0.0.1", html = ""): Promise<Site> {
  const server = createServer(({ url = "/" }, response) => {
    const to = new URL(url, "http://site").searchParams.get("to");
    if (to === null) response.writeHead(200, { "content-type": "text/html" }).end(html);
    else response.writeHead(302, { location: to }).end();
  });
  server.listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }

  return { origin: `http://${host}:${port}`, close };
}

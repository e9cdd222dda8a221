import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { LATCHKEY_ORIGIN } from "./example-defaults.ts";

const FOLDER = new URL("../../examples/my-work/", import.meta.url);

/** The one file that names Latchkey's origin. */
const ORIGIN_FILE = "latchkey.js";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface ServedExample {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the example on localhost, with this Latchkey's origin in the file that names one. */
export async function serveExample(port: number, latchkeyOrigin: string): Promise<ServedExample> {
  const server = createServer(exampleListener(latchkeyOrigin)).listen(port, "localhost");
  await once(server, "listening");
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

  async function close(): Promise<void> {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }

  return { origin, close };
}

function exampleListener(latchkeyOrigin: string): RequestListener {
  const headers = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": contentSecurityPolicy(latchkeyOrigin),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
  return ({ method = "", url = "/" }, response) => {
    const path = url.replace(/[?#].*/, "");
    const file = path === "/" ? "index.html" : path.slice(1);
    const type = TYPES[extname(file)];
    // What is not the name of one of the files leads nowhere.
    if (type === undefined || !readdirSync(FOLDER).includes(file)) {
      response.writeHead(404, headers).end();
    } else if (method !== "GET" && method !== "HEAD") {
      response.writeHead(405, { ...headers, Allow: "GET, HEAD" }).end();
    } else {
      const text = readFileSync(new URL(file, FOLDER), "utf8");
      response.writeHead(200, { ...headers, "Content-Type": type });
      response.end(file === ORIGIN_FILE ? text.replaceAll(LATCHKEY_ORIGIN, latchkeyOrigin) : text);
    }
  };
}

/** Scripts from here and from Latchkey, calls to Latchkey alone. */
function contentSecurityPolicy(latchkeyOrigin: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${latchkeyOrigin}`,
    `connect-src ${latchkeyOrigin}`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

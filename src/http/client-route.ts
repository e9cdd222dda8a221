import client from "../../dist/ui/client.txt";
import type { AppContext } from "./app-types.ts";

/** `GET /client.js`: the browser client, for any front-end to import. It holds no secret. */
export function clientRoute(c: AppContext): Response {
  return c.body(client, 200, {
    "Content-Type": "text/javascript; charset=utf-8",
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, max-age=300",
  });
}

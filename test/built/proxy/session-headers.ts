import type { Latchkey } from "../run-latchkey.ts";
import { openNodeBrowser } from "../open-node-browser.ts";

/** Connects Bitbucket; the headers with which a front-end of the same origin calls. */
export async function sessionHeaders({ origin }: Latchkey): Promise<Record<string, string>> {
  const browser = openNodeBrowser(origin);
  await browser.connect("bitbucket");
  const cookie = [...browser.cookies].map((pair) => pair.join("=")).join("; ");
  return { "X-Latchkey": "1", Cookie: cookie };
}

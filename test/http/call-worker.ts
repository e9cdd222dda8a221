import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import worker from "../../src/index.ts";
import { expectDescribed } from "../openapi/expect-described.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";

/** Headers of a person's own navigation, and of a front-end's `fetch` on the same origin. */
export const NAVIGATION = { "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "none" };
export const API = {
  "X-Latchkey": "1",
  "Sec-Fetch-Site": "same-origin",
  "Sec-Fetch-Mode": "cors",
};

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  /** Laid over the configuration that the tests run with. */
  readonly bindings?: Readonly<Record<string, unknown>>;
}

let calls = 0;

/** Calls the Worker with a path or a URL, from an address of its own, keeping no cookies. */
export async function callWorker(
  url: string,
  { method = "GET", headers = {}, body, bindings = {} }: Call = {},
): Promise<Response> {
  calls += 1;
  const request = new Request(new URL(url, PUBLIC_URL), {
    method,
    headers: { "CF-Connecting-IP": `192.0.2.${calls}`, ...headers },
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
  const ctx = createExecutionContext();
  const all = { ...env, ...bindings } as Env;
  const response = await worker.fetch(request as Parameters<typeof worker.fetch>[0], all, ctx);
  await waitOnExecutionContext(ctx);
  return expectDescribed(request, response);
}

/** Status and code of a problem that is well-formed in every respect. */
export async function problemOf(response: Response): Promise<string> {
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  const { title, status, code, detail } = await response.json<Record<string, unknown>>();
  expect([typeof title, typeof detail]).toStrictEqual(["string", "string"]);
  expect(status).toBe(response.status);
  return `${response.status} ${String(code)}`;
}

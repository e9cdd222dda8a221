import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SAMPLES } from "./answers.ts";
import { callWorker } from "./call-worker.ts";

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

const POLICY = new Set([
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
]);

test.each(SAMPLES)(
  "$what ($status) carries every security header",
  async ({ status, url, ...call }) => {
    const response = await callWorker(url, call);
    expect(response.status).toBe(status);
    const { headers } = response;
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    const policy = (headers.get("Content-Security-Policy") ?? "").split("; ");
    expect(POLICY).toStrictEqual(
      new Set(policy.filter((directive) => !directive.startsWith("img-src "))),
    );
  },
);

const isFaulty = ({ what }: { what: string }) => what.startsWith("a faulty configuration");

test.each(SAMPLES.filter((given) => !isFaulty(given)))(
  "$what ($status) pins https when the Worker is on https, and only then",
  async ({ url, bindings, ...call }) => {
    const onHttps = await callWorker(url, { ...call, ...(bindings ? { bindings } : {}) });
    expect(onHttps.headers.get("Strict-Transport-Security")).toMatch(/^max-age=31536000\b/);
    const local = { ...bindings, PUBLIC_URL: "http://localhost:8787" };
    const onHttp = await callWorker(url, { ...call, bindings: local });
    expect(onHttp.headers.has("Strict-Transport-Security")).toBe(false);
  },
);

test.each(SAMPLES.filter(({ status }) => status >= 400))(
  "$what ($status) has the form that its reader can read",
  async ({ url, ...call }) => {
    const response = await callWorker(url, call);
    const isPage = call.headers?.["Sec-Fetch-Mode"] === "navigate";
    expect(response.headers.get("Content-Type")).toMatch(
      isPage ? /^text\/html; charset=UTF-8$/i : /^application\/problem\+json$/,
    );
    const text = await response.text();
    expect(text).toMatch(isPage ? /^<!doctype html>/ : /^\{"title":"[^"]+","status":\d+,"code":"/);
  },
);

const RETRIED = SAMPLES.filter((given) => [429, 503].includes(given.status) && !isFaulty(given));

test.each(RETRIED)("$what ($status) says when to come back", async ({ url, ...call }) => {
  const response = await callWorker(url, call);
  expect(response.headers.get("Retry-After")).toMatch(/^[1-9]\d*$/);
});

import type { Next } from "hono";
import { readConfig } from "../config.ts";
import type { AppContext } from "./app-types.ts";

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The headers of every answer, also of errors. */
export async function securityHeaders(c: AppContext, next: Next): Promise<void> {
  await next();
  const { headers } = c.res;
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  // What came from a provider has one that is stricter still.
  if (!headers.has("Content-Security-Policy")) {
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
  }
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("X-Content-Type-Options", "nosniff");
  if (readConfig(c.env).config?.publicOrigin.startsWith("https:")) {
    headers.set("Strict-Transport-Security", "max-age=31536000");
  }
}

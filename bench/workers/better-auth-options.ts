import { env, waitUntil } from "cloudflare:workers";
import type { BetterAuthOptions } from "better-auth";

interface Bindings {
  readonly DB: D1Database;
  readonly KV: KVNamespace;
  readonly ATLASSIAN_CLIENT_ID: string;
  readonly ATLASSIAN_CLIENT_SECRET: string;
}

export const bindings = env as unknown as Bindings;

/** What better-auth is told wherever it keeps sessions and accounts, as its guide for Cloudflare has it. */
export const BETTER_AUTH_OPTIONS = {
  socialProviders: {
    atlassian: {
      clientId: bindings.ATLASSIAN_CLIENT_ID,
      clientSecret: bindings.ATLASSIAN_CLIENT_SECRET,
      scope: ["read:me", "read:jira-work"],
      prompt: "consent",
    },
  },
  advanced: {
    ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
    backgroundTasks: { handler: waitUntil },
  },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
} satisfies BetterAuthOptions;

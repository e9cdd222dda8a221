import { env } from "cloudflare:workers";

/** Where this test file's emulator listens: the configuration starts one for each. */
export const EMULATOR_ORIGIN = new URL(
  (env as unknown as { BITBUCKET_AUTH_URL: string }).BITBUCKET_AUTH_URL,
).origin;

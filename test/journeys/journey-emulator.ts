import { beforeEach } from "vitest";
import { controlEmulator } from "../emulator/control-emulator.ts";
import { EMULATOR_ORIGIN } from "../emulator-origin.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";

/** The emulator beside this test, fresh for every test. */
export const emulator = controlEmulator(EMULATOR_ORIGIN);

/** It forgets everything but the callback URLs. */
export async function refreshEmulator(): Promise<void> {
  await emulator.reset();
  for (const provider of ["bitbucket", "jira"] as const) {
    await emulator.registerCallbacks(provider, [`${PUBLIC_URL}/auth/${provider}/callback`]);
  }
}

/** Call it at the top of a file of journeys. */
export function useFreshEmulator(): void {
  beforeEach(refreshEmulator);
}

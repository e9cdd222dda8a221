import { createHash } from "node:crypto";
import type { LoggedRequest, Provider } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { startFamily } from "./grant-store.ts";
import type { Family } from "./grant-store.ts";
import { textField } from "./read-request.ts";

/** Single use: whoever presents a code uses it up, also with the wrong verifier or redirect URI. */
export function redeemCode(
  state: EmulatorState,
  provider: Provider,
  request: LoggedRequest,
): Family | undefined {
  const code = state.grants.codes.get(textField(request, "code") ?? "");
  if (code === undefined || code.provider !== provider || code.used) return undefined;
  code.used = true;
  const now = emulatorNow(state);
  if (code.expiresAt <= now || code.redirectUri !== textField(request, "redirect_uri")) {
    return undefined;
  }
  if (code.challenge !== null && code.challenge !== s256(textField(request, "code_verifier"))) {
    return undefined;
  }
  return startFamily(state.grants, code, now);
}

function s256(verifier: string | undefined): string | undefined {
  if (verifier === undefined || !/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) return undefined;
  return createHash("sha256").update(verifier).digest("base64url");
}

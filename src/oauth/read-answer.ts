import { readText } from "../shared/read-text.ts";

const MAX_ANSWER_BYTES = 256 * 1024;

/** A provider's answer, read whole; or why there is none. */
export type ProviderAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
    }
  | { readonly kind: "no_answer"; readonly cause: "timeout" | "network" | "too_large" };

/**
 * Awaits a call to a provider and reads its body, both within the time of `signal` and up to
 * 256 KiB. Never throws: whatever goes wrong on the way is an answer of its own.
 */
export async function readAnswer(
  call: Promise<Response>,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  try {
    const response = await call;
    const text = await readText(response.body, MAX_ANSWER_BYTES);
    if (text === undefined) return { kind: "no_answer", cause: "too_large" };
    return { kind: "answer", status: response.status, headers: response.headers, text };
  } catch {
    return { kind: "no_answer", cause: signal.aborted ? "timeout" : "network" };
  }
}

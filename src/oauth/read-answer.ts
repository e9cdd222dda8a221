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
    const text = await readText(response.body);
    if (text === undefined) return { kind: "no_answer", cause: "too_large" };
    return { kind: "answer", status: response.status, headers: response.headers, text };
  } catch {
    return { kind: "no_answer", cause: signal.aborted ? "timeout" : "network" };
  }
}

async function readText(body: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  if (!body) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > MAX_ANSWER_BYTES) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

import type { Provider } from "../providers/provider.ts";
import { abortAfter } from "../shared/abort-after.ts";
import { SECOND_MS } from "../shared/time.ts";

const READ_TIMEOUT_MS = 5 * SECOND_MS;
const READ_BYTES = 16 * 1024;

/** Whether an answer means that the token is no longer good. It can still be passed on. */
export async function isTokenRefused(provider: Provider, answer: Response): Promise<boolean> {
  if (answer.status !== 401) return false;
  return !provider.saysScopeIsMissing(await readStart(answer.clone()));
}

/** As much of a body as comes within five seconds and 16 KiB: enough for what an error says. */
async function readStart({ body }: Response): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    await abortAfter(READ_TIMEOUT_MS, async (signal) => {
      signal.addEventListener("abort", () => void reader.cancel());
      while (text.length < READ_BYTES) {
        const { done, value } = await reader.read();
        if (done) return;
        text += decoder.decode(value, { stream: true });
      }
      await reader.cancel();
    });
  } catch {
    // Broken off, by the provider or by us: what came until then is judged.
  }
  return text;
}

import type { Provider } from "../providers/provider.ts";
import type { NoToken } from "../tokens/token-answer.ts";
import type { AppContext } from "./app-types.ts";
import { connectUrl } from "./connection-view.ts";
import { type ProblemAnswer, respondProblem } from "./respond-problem.ts";

/** Why a caller gets no access token. */
export function respondNoToken(c: AppContext, provider: Provider, answer: NoToken): ProblemAnswer {
  switch (answer.kind) {
    case "not_connected":
    case "reconnect_required": {
      const url = connectUrl(c.get("config").publicOrigin, provider.id);
      return respondProblem(c, answer.kind, { connectUrl: url });
    }
    case "provider_unavailable":
      return respondProblem(c, answer.kind, { retryAfterSeconds: answer.retryAfterSeconds });
    case "provider_misconfigured":
      return respondProblem(c, answer.kind);
  }
}

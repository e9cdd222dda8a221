import { problemPage } from "../ui/problem-page.ts";
import type { Problem } from "./answer-schemas.ts";
import type { AppContext } from "./app-types.ts";
import { isNavigation } from "./is-navigation.ts";
import { type ProblemCode, PROBLEMS } from "./problems.ts";

/** What a problem may carry beyond its constants. None of it comes from a request or a provider. */
export interface ProblemExtras {
  readonly connectUrl?: string;
  readonly retryAfterSeconds?: number;
  readonly allow?: string;
  /** Faults of the configuration, for its developer. */
  readonly problems?: readonly string[];
}

declare const isProblem: unique symbol;

/** An answer that is a problem: what handlers may answer beside what they are there for. */
export type ProblemAnswer = Response & { readonly [isProblem]: true };

/** `application/problem+json` (RFC 9457), or a static page of the same status for a navigation. */
export function respondProblem(
  c: AppContext,
  code: ProblemCode,
  { connectUrl, retryAfterSeconds, allow, problems }: ProblemExtras = {},
): ProblemAnswer {
  const { status, title, detail, ...rest } = PROBLEMS[code];
  if (retryAfterSeconds !== undefined) c.header("Retry-After", String(retryAfterSeconds));
  if (allow !== undefined) c.header("Allow", allow);
  if (isNavigation(c.req)) {
    const text = problems ? `${detail} ${problems.join(". ")}.` : detail;
    return c.html(problemPage({ title, detail: text, ...rest }), status) as ProblemAnswer;
  }
  const body: Problem = {
    title,
    status,
    code,
    detail,
    ...(connectUrl === undefined ? {} : { connect_url: connectUrl }),
    ...(problems === undefined ? {} : { problems }),
  };
  const type = { "Content-Type": "application/problem+json" };
  return c.body(JSON.stringify(body), status, type) as Response as ProblemAnswer;
}

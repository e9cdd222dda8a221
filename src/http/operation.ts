import type { Body } from "./answer-schemas.ts";
import type { AppContext } from "./app-types.ts";
import type { ProblemCode } from "./problems.ts";
import type { ProblemAnswer } from "./respond-problem.ts";

/** What a method does at a path: its handler, and its description in the words of OpenAPI 3.1. */
export interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  /** Answers that are no problems, by status. */
  readonly responses: Readonly<Record<string, object>>;
  /** Problems of its own, beside those that its path brings. */
  readonly problems?: readonly ProblemCode[];
  readonly handler: (c: AppContext) => Response | Promise<Response>;
}

/** By pattern, then by method. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** Content of any media type. */
export const ANYTHING = { "*/*": {} };

type Answer<Schema> = Body<Schema> | ProblemAnswer;

/** Answers JSON of a schema: the handler can return nothing else, but for problems. */
export function json<Schema extends object>(
  summary: string,
  schema: Schema,
  handle: (c: AppContext) => Answer<Schema> | Promise<Answer<Schema>>,
  more: Pick<Operation, "requestBody" | "problems"> = {},
): Operation {
  return {
    summary,
    responses: { 200: { description: "Done", content: { "application/json": { schema } } } },
    async handler(c) {
      const answer = await handle(c);
      return answer instanceof Response ? answer : c.json(answer);
    },
    ...more,
  };
}

/** Answers a text that is part of the Worker. */
export function text(
  summary: string,
  type: string,
  content: string,
  headers: Readonly<Record<string, string>> = {},
): Operation {
  return {
    summary,
    responses: { 200: { description: summary, content: { [type]: {} } } },
    handler: (c) => c.body(content, 200, { "Content-Type": `${type}; charset=utf-8`, ...headers }),
  };
}

import { createVisitor } from "../load/visitor.ts";

/** As long as Latchkey's record of a Jira connection whose tokens are those of the fake provider. */
const RECORD = JSON.stringify({ access: "x".repeat(2_150), refresh: "x".repeat(1_200) });

/** Gives a floor the record that it reads; throws an `Error` unless it took it. */
export async function putRecord(origin: string): Promise<void> {
  const visitor = createVisitor(origin);
  const { status, text } = await visitor.call({ method: "PUT", path: "/token", body: RECORD });
  if (status !== 204) throw new Error(`the record was answered ${status} ${text}`);
}

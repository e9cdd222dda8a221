import { Fault } from "./fault.ts";

/** Asks the Worker itself: it checks its whole configuration, and tells a developer what is wrong. */
export async function requireHealth(origin: string, varsFile: string): Promise<void> {
  const answer = await fetch(`${origin}/health`);
  if (answer.ok) return;
  const { problems } = (await answer.json()) as { problems?: readonly string[] };
  if (problems === undefined) throw new Fault(`the Worker answers ${answer.status}`);
  throw new Fault(`${varsFile}: ${problems.join("; ")}`);
}

import type { Connection } from "./connected-owner.ts";

/** Judges all at once. Resolves with a line for each that is not as promised. */
export async function judgeEach<T extends Pick<Connection, "provider" | "account">>(
  all: readonly T[],
  judge: (one: T) => Promise<void>,
): Promise<string[]> {
  const judged = all.map(async (one) => {
    try {
      await judge(one);
      return [];
    } catch (error) {
      return [`${one.provider} of ${one.account}: ${String(error)}`];
    }
  });
  return (await Promise.all(judged)).flat();
}

import { expect, test } from "vitest";
import { inRounds } from "../../bench/measures/in-rounds.ts";

const SUBJECTS = new Map([
  ["a", "A"],
  ["b", "B"],
  ["c", "C"],
]);

test.for([
  { turns: 10, rounds: 1 },
  { turns: 1, rounds: 10 },
  { turns: 2, rounds: 5 },
  { turns: 3, rounds: 4 },
  { turns: undefined, rounds: 2 },
])(
  "$rounds rounds of $turns turns: each turn measures all, and another one first",
  async (plan) => {
    const { turns = 10, rounds } = plan;
    const order: string[] = [];
    await inRounds(
      SUBJECTS,
      rounds,
      async (subject) => ({ figure: order.push(subject) }),
      plan.turns,
    );

    const inTurns = Array.from({ length: turns * rounds }, (_, turn) =>
      order.slice(turn * SUBJECTS.size, (turn + 1) * SUBJECTS.size),
    );
    expect(order).toHaveLength(turns * rounds * SUBJECTS.size);
    for (const turn of inTurns) expect(turn.toSorted()).toEqual(["A", "B", "C"]);
    const firsts = inTurns.map(([first]) => first);
    expect(firsts.filter((first, turn) => first === firsts[turn - 1])).toEqual([]);
    // Nobody is favoured: each is first as often as the others, give or take one.
    const timesFirst = ["A", "B", "C"].map((name) => firsts.filter((f) => f === name).length);
    expect(Math.max(...timesFirst) - Math.min(...timesFirst)).toBeLessThanOrEqual(1);
  },
);

test("a round's figure is the median of its turns, whatever came in another round", async () => {
  const latencies = new Map([
    ["A", [5, 1, 90, 4, 4, 1_000]],
    ["B", [2, 3, 1, 0.5, 7, 0.25]],
  ]);
  const measured = await inRounds(
    new Map([
      ["a", "A"],
      ["b", "B"],
    ]),
    2,
    async (subject) => {
      const latency = latencies.get(subject)!.shift()!;
      return { latency, doubled: 2 * latency };
    },
    3,
  );
  expect(measured).toEqual({
    latency: { a: [5, 4], b: [2, 0.5] },
    doubled: { a: [10, 8], b: [4, 1] },
  });
});

test("nobody is measured while another is", async () => {
  let atOnce = 0;
  const seen = new Set<number>();
  await inRounds(SUBJECTS, 2, async () => {
    seen.add((atOnce += 1));
    await Promise.resolve();
    atOnce -= 1;
    return { figure: 1 };
  });
  expect(seen).toEqual(new Set([1]));
});

test("a measure that fails ends it", async () => {
  const measured: string[] = [];
  const run = inRounds(SUBJECTS, 2, async (subject) => {
    measured.push(subject);
    if (subject === "B") throw new Error("B answered 500");
    return { figure: 1 };
  });
  await expect(run).rejects.toThrow("B answered 500");
  expect(measured).toEqual(["A", "B"]);
});

import { afterEach, expect, test, vi } from "vitest";
import { readOptions } from "../../bench/read-options.ts";
import { Fault } from "../../scripts/dev/fault.ts";

afterEach(() => void vi.useRealTimers());

test("who says nothing has everything measured, in five rounds, with a seed from the clock", () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_700_000_000_000 });
  expect(readOptions([])).toEqual({
    parts: new Set(["reads", "callbacks", "cold", "proxies", "expiry", "operations", "scale"]),
    rounds: 5,
    owners: 10_000,
    seed: 1,
    from: undefined,
    check: false,
    publish: false,
  });
});

test("what is said counts", () => {
  const said = ["--rounds", "3", "--owners=20000", "--seed", "9", "--check", "--publish"];
  expect(readOptions(said)).toMatchObject({
    rounds: 3,
    owners: 20_000,
    seed: 9,
    check: true,
    publish: true,
  });
});

test("some parts are measured by themselves", () => {
  const said = ["--only", "reads", "--only", "scale", "--only", "reads"];
  expect(readOptions(said)).toMatchObject({ parts: new Set(["reads", "scale"]) });
});

test("results of another run are told of", () => {
  const said = ["--from", "dist/results.json", "--publish"];
  expect(readOptions(said)).toMatchObject({ from: "dist/results.json", publish: true });
});

test.for([
  {
    args: ["--only", "reads", "--only", "writes"],
    problem: "--only writes: one of reads, callbacks, cold, proxies, expiry, operations, scale",
  },
  { args: ["--rounds", "0"], problem: "--rounds: a whole number from 1" },
  { args: ["--rounds=-1"], problem: "--rounds: a whole number from 1" },
  { args: ["--owners", "1.5"], problem: "--owners: a whole number from 1" },
  { args: ["--seed", "many"], problem: "--seed: a whole number from 1" },
  { args: ["--seed="], problem: "--seed: a whole number from 1" },
  {
    args: ["--publish", "--only", "reads"],
    problem: "--publish: only what was measured altogether",
  },
  {
    args: ["--publish", "--rounds", "2"],
    problem: "--publish: of 3 rounds and 10000 owners at least",
  },
  {
    args: ["--publish", "--owners", "9999"],
    problem: "--publish: of 3 rounds and 10000 owners at least",
  },
])("$args is refused", ({ args, problem }) => {
  expect(() => readOptions(args)).toThrow(problem);
});

test.for(["--quick", "reads"])("nobody knows %s: what there is, is told", (arg) => {
  expect(() => readOptions([arg])).toThrow(arg);
  expect(() => readOptions([arg])).toThrow("--help tells");
  expect(() => readOptions([arg])).toThrow(Fault);
});

test("who asks for help gets it, whatever else was said", () => {
  expect(readOptions(["--rounds", "none", "--help"])).toBe("help");
});

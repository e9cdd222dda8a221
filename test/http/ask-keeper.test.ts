import { expect, test } from "vitest";
import { askKeeper } from "../../src/http/ask-keeper.ts";
import type { AppContext } from "../../src/http/app-types.ts";
import { asOwnerId } from "../../src/shared/owner-id.ts";

/** A namespace that gives a new stub for every call, and a question that these answers follow. */
function scene(...answers: readonly (string | Error)[]) {
  const stubs: object[] = [];
  const asked: object[] = [];
  const namespace = {
    getByName(name: string) {
      const stub = { name };
      stubs.push(stub);
      return stub;
    },
  };
  const c = { env: { TOKEN_KEEPER: namespace } } as unknown as AppContext;
  const result = askKeeper(c, asOwnerId("owner-1"), async (keeper) => {
    asked.push(keeper);
    const answer = answers[asked.length - 1];
    if (answer instanceof Error || answer === undefined)
      throw answer ?? new Error("asked too often");
    return answer;
  });
  return { result, asked };
}

const broken = (marks: object) => Object.assign(new Error("broken"), marks);

test("an owner's object is asked once when it answers", async () => {
  const { result, asked } = scene("answer");
  expect(await result).toBe("answer");
  expect(asked).toStrictEqual([{ name: "owner-1" }]);
});

test("a call that got lost is repeated, on a new stub", async () => {
  const { result, asked } = scene(broken({ retryable: true }), "answer");
  expect(await result).toBe("answer");
  expect(asked).toHaveLength(2);
  expect(asked[0]).not.toBe(asked[1]);
});

test("it is repeated once", async () => {
  const lost = broken({ retryable: true });
  const { result, asked } = scene(lost, lost, "answer");
  await expect(result).rejects.toThrow("broken");
  expect(asked).toHaveLength(2);
});

test.each([{}, { retryable: false }, { retryable: true, overloaded: true }])(
  "an error with %j is not repeated",
  async (marks) => {
    const { result, asked } = scene(broken(marks), "answer");
    await expect(result).rejects.toThrow("broken");
    expect(asked).toHaveLength(1);
  },
);

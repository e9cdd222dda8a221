import { expect, test } from "vitest";
import { askKeeper } from "../../src/http/ask-keeper.ts";
import type { AppContext } from "../../src/http/app-types.ts";
import {
  type EdgeToken,
  prepareToRemember,
  recallToken,
} from "../../src/tokens/remembered-tokens.ts";
import { testKeyring } from "../vault/test-keyring.ts";
import { asOwnerId } from "../../src/shared/owner-id.ts";

const OWNER = asOwnerId("owner-1");
const NOW = 1_800_000_000_000;
const TOKEN: EdgeToken = {
  version: 1,
  session: "hash-1",
  expiresAt: NOW + 3_600_000,
  lifetimeSeconds: 3_600,
  scopes: [],
  sites: null,
  accessToken: "token-1",
};

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
  const keyring = testKeyring("k1");
  const behind: Promise<unknown>[] = [];
  const c = {
    env: { TOKEN_KEEPER: namespace },
    get: () => ({ keyring }),
    executionCtx: { waitUntil: (work: Promise<unknown>) => void behind.push(work) },
  } as unknown as AppContext;
  const result = askKeeper(c, OWNER, async (keeper) => {
    asked.push(keeper);
    // Whoever reads KV meanwhile remembers what the object is about to change.
    prepareToRemember(keyring, OWNER, "jira", NOW)(TOKEN);
    const answer = answers[asked.length - 1];
    if (answer instanceof Error || answer === undefined)
      throw answer ?? new Error("asked too often");
    return answer;
  });
  return { result, asked, behind, recall: () => recallToken(keyring, OWNER, "jira", NOW) };
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

test.each<{ how: string; answers: (string | Error)[] }>([
  { how: "answered", answers: ["answer"] },
  { how: "answered when it was asked again", answers: [broken({ retryable: true }), "answer"] },
  { how: "failed", answers: [broken({})] },
])("once the object $how, its owner's tokens are forgotten, with nobody waiting", async (given) => {
  const { behind, recall, result } = scene(...given.answers);
  expect(recall()).toBeDefined();
  await Promise.all(behind);
  expect(recall()).toBeUndefined();
  await result.catch(() => "failed");
});

import { expect, test } from "vitest";
import { defaultClients } from "./clients.ts";

test("client ids and secrets have the lengths of the real ones", () => {
  const { bitbucket, jira } = defaultClients;
  const lengths = [bitbucket.id, bitbucket.secret, jira.id, jira.secret].map((text) => text.length);
  expect(lengths).toEqual([18, 32, 32, 76]);
});

import { expect } from "vitest";
import * as person from "../connections-page.ts";
import * as example from "./example-page.ts";
import { test } from "./example-test.ts";

test("what one tab disconnects, the other no longer shows, without being looked at", async ({
  context,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await example.connectBoth(first);
  await example.openExample(second);
  expect(await example.titles(second, "Jira")).toHaveLength(5);

  await example.disconnect(first, "Jira");
  await example.panel(second, "Jira").getByText("Connect Jira to see your issues.").waitFor();
  expect(await example.titles(second, "Bitbucket")).toHaveLength(3);
});

test("what one tab connects, the other shows, by redirect and in a window", async ({ context }) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await example.openExample(first);
  await example.openExample(second);
  await example.connect(first, "Jira");
  await expect.poll(() => example.titles(second, "Jira")).toHaveLength(5);
  await person.allow(await example.startInWindow(second, "Bitbucket"));
  await expect.poll(() => example.titles(first, "Bitbucket")).toHaveLength(3);
  // What is said of one provider outlasts what becomes of the other.
  await example.expectSaid(first, "Jira is connected.");
});

test("two tabs connect one provider each, at the same time, and both show both", async ({
  context,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await example.openExample(first);
  await example.openExample(second);
  await example.startConnecting(first, "Bitbucket");
  await example.startConnecting(second, "Jira");
  await Promise.all([person.allow(first), person.allow(second)]);
  await example.expectSaid(first, "Bitbucket is connected.");
  await example.expectSaid(second, "Jira is connected.");
  for (const tab of [first, second]) {
    await expect.poll(() => example.titles(tab, "Bitbucket")).toHaveLength(3);
    await expect.poll(() => example.titles(tab, "Jira")).toHaveLength(5);
  }
});

test("tokens end while two tabs are open: both go on, and each is refreshed once", async ({
  context,
  emulator,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await example.connectBoth(first);
  await example.openExample(second);
  expect(await emulator.expireAccessTokens()).toBe(2);
  // One after the other in a tab: it has one mouse.
  for (const product of ["Bitbucket", "Jira"] as const) {
    await Promise.all([first, second].map((tab) => example.readAgain(tab, product)));
  }
  for (const tab of [first, second]) {
    expect(await example.titles(tab, "Bitbucket")).toHaveLength(3);
    expect(await example.titles(tab, "Jira")).toHaveLength(5);
  }
  expect((await emulator.grants()).map(({ refreshes }) => refreshes)).toEqual([1, 1]);
});

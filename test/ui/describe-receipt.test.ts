import { expect, test } from "vitest";
import { describeDisconnect, describeForget } from "../../src/ui/describe-receipt.ts";
import { connectionWith } from "./connection-fixture.ts";

const jira = connectionWith();
const bitbucket = connectionWith({
  provider: "bitbucket",
  manageUrl: "https://bitbucket.org/account/settings/app-authorizations/",
});
const forgotten = { object: "deleted", kv: "deleted", cookies: "cleared", connections: ["jira"] };

test("after a disconnect the person learns that the permission remains, and where to remove it", () => {
  const receipt = { provider: "jira", local: "deleted", remote: "not_supported" };
  const notice = describeDisconnect(jira, receipt);
  expect(notice?.text).toContain("Jira is disconnected");
  expect(notice?.text).toContain("stays listed there until you remove it");
  expect(notice?.links).toEqual([
    { href: "https://id.atlassian.com/manage-profile/apps", label: "Remove it at Atlassian" },
  ]);
});

test.each([null, undefined, "deleted", {}, { local: "kept" }])(
  "a disconnect that does not say it deleted is not taken for one: %j",
  (receipt) => {
    expect(describeDisconnect(jira, receipt)).toBeNull();
  },
);

test("forgetting names what was deleted and links only to the providers that were connected", () => {
  const notice = describeForget([bitbucket, jira], forgotten);
  expect(notice?.text).toMatch(/Everything .* is deleted\. Disconnected: Jira\./);
  expect(notice?.text).toContain("cookies are cleared");
  expect(notice?.links?.map(({ label }) => label)).toEqual(["Remove it at Atlassian"]);
});

test("a copy that is still to be deleted is not kept quiet", () => {
  const notice = describeForget([bitbucket, jira], { ...forgotten, kv: "pending" });
  expect(notice?.text).not.toContain("Everything");
  expect(notice?.text).toContain("still waits for its deletion");
});

test("forgetting when nothing was connected says so", () => {
  const notice = describeForget([bitbucket, jira], { ...forgotten, connections: [] });
  expect(notice?.text).toContain("There was no connection.");
  expect(notice?.links).toEqual([]);
});

test("cookies are only said to be cleared when the receipt says it", () => {
  const notice = describeForget([], { ...forgotten, cookies: undefined });
  expect(notice?.text).not.toContain("cookies");
});

test.each([null, undefined, {}, { object: "pending" }])(
  "forgetting that does not say it deleted is not taken for it: %j",
  (receipt) => {
    expect(describeForget([bitbucket, jira], receipt)).toBeNull();
  },
);

import { expect, test } from "vitest";
import { describeDisconnect, describeForget } from "../../src/ui/describe-receipt.ts";
import { connectionWith } from "./connection-fixture.ts";

const jira = connectionWith();
const bitbucket = connectionWith({
  provider: "bitbucket",
  manageUrl: "https://bitbucket.org/account/settings/app-authorizations/",
});
const forgotten = { kv: "deleted", connections: ["jira"] } as const;

test("after a disconnect the person learns that the permission remains, and where to remove it", () => {
  const notice = describeDisconnect(jira);
  expect(notice.text).toContain("Jira is disconnected");
  expect(notice.text).toContain("stays listed there until you remove it");
  expect(notice.links).toEqual([
    { href: "https://id.atlassian.com/manage-profile/apps", label: "Remove it at Atlassian" },
  ]);
});

test("forgetting names what was deleted and links only to the providers that were connected", () => {
  const notice = describeForget([bitbucket, jira], forgotten);
  expect(notice.text).toMatch(/Everything .* is deleted\. Disconnected: Jira\./);
  expect(notice.text).toContain("cookies are cleared");
  expect(notice.links?.map(({ label }) => label)).toEqual(["Remove it at Atlassian"]);
});

test("a copy that is still to be deleted is not kept quiet", () => {
  const notice = describeForget([bitbucket, jira], { ...forgotten, kv: "pending" });
  expect(notice.text).not.toContain("Everything");
  expect(notice.text).toContain("still waits for its deletion");
});

test("forgetting when nothing was connected says so", () => {
  const notice = describeForget([bitbucket, jira], { ...forgotten, connections: [] });
  expect(notice.text).toContain("There was no connection.");
  expect(notice.links).toEqual([]);
});

import type { CloudClient } from "jira.js";
import { afterEach, beforeEach, describe, expect, vi } from "vitest";
import { accountOf } from "../../emulator/accounts.ts";
import { type Session, test as base } from "./library-test.ts";
import { loadInNode } from "./load-in-node.ts";
import { loadInPage } from "./load-in-page.ts";
import { readExample } from "./read-example.ts";

interface Search {
  readonly jql: string;
  readonly fields?: string[];
  readonly maxResults?: number;
}

interface Exported {
  jiraFor(cloudId: string, session?: Session): CloudClient;
  readonly everyIssue: (jira: CloudClient, search: Search) => Promise<{ key: string }[]>;
}

interface Example extends Exported {
  readonly jira: CloudClient;
}

/** Runs where the example does: it gets to nothing but its argument. */
type Run = <Result>(act: (example: Example) => Promise<Result>) => Promise<Result>;

const PAGING = "Jira's pages, by token";
const { accountId, sites } = accountOf("alice");
const CLOUD_ID = sites[0]?.id ?? "";

const inNode = base.extend("run", async ({ latchkey, session }): Promise<Run> => {
  const code = await readExample(["jira.js in Node", PAGING], latchkey.origin);
  const example = await loadInNode<Exported>(code);
  return (act) => act({ ...example, jira: example.jiraFor(CLOUD_ID, session) });
});

const inPage = base.extend("run", async ({ latchkey, frontEndPage }): Promise<Run> => {
  const code = await readExample(["jira.js in a page", PAGING], latchkey.origin);
  const exported = await loadInPage<Exported>(frontEndPage, code);
  const example = await exported.evaluateHandle(
    (module, cloudId) => ({ ...module, jira: module.jiraFor(cloudId) }),
    CLOUD_ID,
  );
  return (act) => example.evaluate(act);
});

// The library says it there when an answer is not what it knows Jira to send.
beforeEach(() => void vi.spyOn(console, "warn"));
afterEach(() => {
  const unknown = vi.mocked(console.warn).mock.calls.length;
  vi.restoreAllMocks();
  if (unknown > 0) throw new Error("the emulator answered what no Jira does");
});

describe.for([
  { where: "in Node", test: inNode },
  { where: "in a page", test: inPage },
])("jira.js, $where,", ({ test }) => {
  test("reads who it is", async ({ run }) => {
    const { accountId: id } = await run(({ jira }) => jira.myself.getCurrentUser());
    expect(id).toBe(accountId);
  });

  test("lists projects by position", async ({ run }) => {
    const page = await run(({ jira }) =>
      jira.projects.searchProjects({ startAt: 3, maxResults: 3 }),
    );
    expect(page).toMatchObject({ startAt: 3, isLast: true, values: [{ key: "INV" }, {}] });
  });

  test("searches with JQL, and reads all pages by token", async ({ run, emulator }) => {
    const found = await run(({ jira, everyIssue }) =>
      everyIssue(jira, { jql: `text ~ "50% ü/ä"`, fields: ["summary"], maxResults: 3 }),
    );
    expect(found.map(({ key }) => key)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `EMU-${n}`));
    const searches = await emulator.requests({ path: "/rest/api/3/search/jql" });
    expect(searches.map(({ query }) => query["jql"])).toEqual(Array(3).fill(`text ~ "50% ü/ä"`));
  });

  test("creates an issue, and reads it", async ({ run }) => {
    const read = await run(async ({ jira }) => {
      const paragraph = { type: "paragraph", content: [{ type: "text", text: "Every Monday." }] };
      const { key } = await jira.issues.createIssue({
        fields: {
          project: { key: "EMU" },
          issuetype: { name: "Task" },
          summary: "Water the plants",
          description: { type: "doc", version: 1, content: [paragraph] },
        },
      });
      return jira.issues.getIssue({ issueIdOrKey: key });
    });
    expect(read).toMatchObject({ key: "EMU-8", fields: { summary: "Water the plants" } });
  });

  test("attaches a file, and reads one without a redirect", async ({ run }) => {
    const { attached, content } = await run(async ({ jira }) => {
      const attachments = { filename: "note.txt", content: new Blob(["a note"]) };
      const issue = { issueIdOrKey: "EMU-1", attachments };
      const bytes = await jira.issueAttachments.getAttachmentContent({ id: "1", redirect: false });
      return {
        attached: await jira.issueAttachments.addAttachment(issue),
        content: new TextDecoder().decode(bytes),
      };
    });
    expect(attached).toMatchObject([{ filename: "note.txt", size: 6 }]);
    expect(content).toContain("<svg");
  });

  test("notices nothing of a token that expires", async ({ run, emulator }) => {
    await emulator.expireAccessTokens({ provider: "jira" });
    const created = await run(({ jira }) =>
      jira.issues.createIssue({ fields: { summary: "Once" } }),
    );
    expect(created).toMatchObject({ key: "EMU-8" });
  });

  test("is told what is wrong, by Jira and by Latchkey", async ({ run, emulator, person }) => {
    const scope = JSON.stringify({ code: 401, message: "Unauthorized; scope does not match" });
    const path = "/rest/api/3/issue/EMU-";
    await emulator.fault({ path: `${path}1`, status: 401, body: scope });
    await emulator.fault({ path: `${path}2`, status: 429, headers: { "Retry-After": "7" } });
    const told = await run(({ jira }) =>
      Promise.all(
        ["EMU-1", "EMU-2", "EMU-99"].map(async (key) => {
          const [outcome] = await Promise.allSettled([jira.issues.getIssue({ issueIdOrKey: key })]);
          const { name, retryAfterMs } = outcome.status === "rejected" ? outcome.reason : {};
          return [name, retryAfterMs];
        }),
      ),
    );
    expect(told).toEqual([
      ["ScopeError", undefined],
      ["RateLimitError", 7_000],
      ["NotFoundError", undefined],
    ]);

    await person.call("DELETE", "/connections/jira");
    const problem = await run(async ({ jira }) => {
      const [outcome] = await Promise.allSettled([jira.myself.getCurrentUser()]);
      return outcome.status === "rejected" ? [outcome.reason.name, outcome.reason.body] : [];
    });
    expect(problem).toMatchObject([
      "AuthError",
      { code: "not_connected", connect_url: expect.stringContaining("/auth/jira") },
    ]);
  });
});

describe("jira.js, in Node,", () => {
  const test = inNode;

  test("leaves the proxy by an id with dots in it: ids are the caller's to check", async ({
    run,
  }) => {
    const health = await run(({ jira }) =>
      jira.issues.getIssue({ issueIdOrKey: "../../../../../../../health" }),
    );
    expect(health).toEqual({ status: "ok" });
  });
});

describe("jira.js, in a page of another origin,", () => {
  const test = inPage;

  test("sends no session by itself", async ({ latchkey, frontEndPage }) => {
    const host = `${latchkey.origin}/api/jira/${CLOUD_ID}`;
    const code = `
      import { createCloudClient } from "jira.js";
      export const jira = createCloudClient({ host: "${host}", headers: { "X-Latchkey": "1" } });`;
    const alone = await loadInPage<Pick<Example, "jira">>(frontEndPage, code);
    const refused = await alone.evaluate(async ({ jira }) => {
      const [outcome] = await Promise.allSettled([jira.myself.getCurrentUser()]);
      return outcome.status === "rejected" ? outcome.reason.body.code : outcome.status;
    });
    expect(refused).toBe("not_connected");
  });

  test("gets credentials from the documented fetch, and no other origin does", async ({ run }) => {
    const status = await run(async ({ jira }) => {
      const { self = "" } = await jira.projects.searchProjects();
      // Any page may read this answer, but none that sent credentials.
      return (await fetch(new URL("/bitbucket-api/2.0/user", self))).status;
    });
    expect(status).toBe(401);
  });
});

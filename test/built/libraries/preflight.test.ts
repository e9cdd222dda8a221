import { Bitbucket } from "bitbucket";
import { createCloudClient } from "jira.js";
import { afterEach, expect, vi } from "vitest";
import { test } from "./library-test.ts";

afterEach(() => void vi.unstubAllGlobals());

/** Stands in for a page's `fetch`, so that no browser leaves headers out or adds its own. */
type PageFetch = (url: string, init: { headers: Record<string, string> }) => Promise<Response>;

test.for<[library: string, call: (pageFetch: PageFetch) => Promise<unknown>]>([
  ["bitbucket", callBitbucket],
  ["jira.js", callJira],
])("a preflight allows every header that %s sets", async ([, call], { latchkey, frontEnd }) => {
  const set = new Set<string>();
  await call(async (_, { headers }) => {
    for (const name of Object.keys(headers)) set.add(name.toLowerCase());
    return Response.json({});
  });
  expect(set).toContain("accept");

  const preflight = {
    Origin: frontEnd,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": [...set].join(),
  };
  const address = `${latchkey.origin}/api/bitbucket/2.0/user`;
  const answer = await fetch(address, { method: "OPTIONS", headers: preflight });
  const allowed = answer.headers.get("Access-Control-Allow-Headers")?.toLowerCase().split(",");
  expect(allowed).toEqual(expect.arrayContaining([...set]));
});

async function callBitbucket(pageFetch: PageFetch): Promise<void> {
  const bitbucket = new Bitbucket({ notice: false, request: { fetch: pageFetch } });
  await bitbucket.user.get({});
  await bitbucket.refs.createBranch({ workspace: "w", repo_slug: "r", _body: { name: "b" } });
}

async function callJira(pageFetch: PageFetch): Promise<void> {
  vi.stubGlobal("fetch", pageFetch);
  const jira = createCloudClient({ host: "https://auth.example.com", onSchemaMismatch: "silent" });
  await jira.myself.getCurrentUser();
  const attachments = { filename: "note.txt", content: "a note" };
  await jira.issueAttachments.addAttachment({ issueIdOrKey: "EMU-1", attachments });
  await jira.issues.deleteIssue({ issueIdOrKey: "EMU-1" });
  vi.unstubAllGlobals();
}

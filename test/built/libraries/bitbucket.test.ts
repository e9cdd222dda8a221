import { type APIClient, Bitbucket, type Schema } from "bitbucket";
import { describe, expect } from "vitest";
import { accountOf } from "../../emulator/accounts.ts";
import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import { type Session, test as base } from "./library-test.ts";
import { loadInNode } from "./load-in-node.ts";
import { loadInPage } from "./load-in-page.ts";
import { readExample } from "./read-example.ts";

interface Example {
  readonly bitbucket: APIClient;
  readonly everyRepository: (
    bitbucket: APIClient,
    workspace: string,
  ) => Promise<Schema.Repository[]>;
}

/** Runs where the example does: it gets to nothing but its argument. */
type Run = <Result>(act: (example: Example) => Promise<Result>) => Promise<Result>;

interface NodeExample extends Example {
  bitbucketFor(session: Session): APIClient;
}

const PAGING = "Bitbucket's pages, by number";

const inNode = base.extend("run", async ({ latchkey, session }): Promise<Run> => {
  const code = await readExample(["bitbucket in Node", PAGING], latchkey.origin);
  const example = await loadInNode<NodeExample>(code);
  return (act) => act({ ...example, bitbucket: example.bitbucketFor(session) });
});

const inPage = base.extend("run", async ({ latchkey, frontEndPage }): Promise<Run> => {
  const code = await readExample(["bitbucket in a page", PAGING], latchkey.origin);
  const example = await loadInPage<Example>(frontEndPage, code);
  return (act) => example.evaluate(act);
});

describe.for([
  { where: "in Node", test: inNode },
  { where: "in a page", test: inPage },
])("bitbucket, $where,", ({ test }) => {
  test("reads who it is, and how many calls are left", async ({ run }) => {
    const { data, headers } = await run(({ bitbucket }) => bitbucket.user.get({}));
    expect(data).toMatchObject({ account_id: accountOf("alice").accountId });
    expect(headers).toMatchObject({ "x-ratelimit-limit": "1000" });
  });

  test("lists pull requests and branches", async ({ run }) => {
    const { pulls, branches } = await run(async ({ bitbucket }) => {
      const website = { workspace: "alice-workspace-1", repo_slug: "website" };
      const open = await bitbucket.pullrequests.list({ ...website, state: "OPEN", pagelen: 1 });
      const second = await bitbucket.refs.listBranches({ ...website, page: "2" });
      return { pulls: open.data, branches: second.data };
    });
    expect(pulls).toMatchObject({ size: 2, values: [{ id: 1, state: "OPEN" }] });
    expect(branches.values?.map(({ name }) => name)).toEqual(["feature/10", "feature/11"]);
  });

  test("names a branch with a slash and a workspace with braces", async ({ run, emulator }) => {
    const { data } = await run(({ bitbucket }) =>
      bitbucket.refs.getBranch({ workspace: "{w-1}", repo_slug: "website", name: "feature/one" }),
    );
    expect(data).toMatchObject({ name: "feature/one" });
    const [sent] = await emulator.requests({ path: "/refs/branches/" });
    expect(sent?.path).toBe("/2.0/repositories/%7Bw-1%7D/website/refs/branches/feature%2Fone");
  });

  test("reads all pages by number", async ({ run }) => {
    const found = await run(({ everyRepository, bitbucket }) =>
      everyRepository(bitbucket, "alice-workspace-1"),
    );
    expect(new Set(found.map(({ full_name: name }) => name)).size).toBe(23);
  });

  test("reads a file, and a diff by way of a redirect", async ({ run }) => {
    const { file, diff } = await run(async ({ bitbucket }) => {
      const website = { workspace: "alice-workspace-1", repo_slug: "website" };
      const source = { ...website, commit: "main", path: "docs/index.html" };
      return {
        file: (await bitbucket.source.read(source)).data,
        diff: (await bitbucket.pullrequests.getDiff({ ...website, pull_request_id: 7 })).data,
      };
    });
    expect(file).toContain("main docs%2Findex.html");
    expect(diff).toContain("diff --git a/pr-7");
  });

  test("approves, and takes it back", async ({ run }) => {
    const [approved, withdrawn] = await run(async ({ bitbucket }) => {
      const one = { workspace: "w", repo_slug: "r", pull_request_id: 1 };
      const { data } = await bitbucket.pullrequests.createApproval(one);
      return [data.approved, (await bitbucket.pullrequests.deleteApproval(one)).status] as const;
    });
    expect([approved, withdrawn]).toEqual([true, 204]);
  });

  test("uploads a file", async ({ run, emulator }) => {
    const { status } = await run(({ bitbucket }) => {
      const form = new FormData();
      form.append("files", new Blob(["a note"]), "note.txt");
      return bitbucket.downloads.create({ workspace: "w", repo_slug: "r", _body: form });
    });
    expect(status).toBe(201);
    const [sent] = await emulator.requests({ method: "POST", path: "/downloads" });
    expect(sent?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(sent?.bodyText).toContain('filename="note.txt"');
  });

  test("notices nothing of a token that expires", async ({ run, emulator }) => {
    await emulator.expireAccessTokens({ provider: "bitbucket" });
    const { status } = await run(({ bitbucket }) => bitbucket.user.get({}));
    expect(status).toBe(200);
  });

  test("is told what is wrong, by Bitbucket and by Latchkey", async ({ run }) => {
    const told = await run(async ({ bitbucket }) => {
      const website = { workspace: "alice-workspace-1", repo_slug: "website" };
      const calls = [
        bitbucket.request({ method: "GET", url: "/nothing" }),
        bitbucket.source.read({ ...website, commit: "main", path: "docs/" }),
        bitbucket.refs.getBranch({ ...website, name: "5%" }),
      ];
      const outcomes = await Promise.allSettled(calls);
      return outcomes.map((outcome) => {
        const { status, error } = "reason" in outcome ? outcome.reason : outcome.value;
        const problem =
          error instanceof ArrayBuffer ? JSON.parse(new TextDecoder().decode(error)) : error;
        return [status, problem.code ?? problem.error.message];
      });
    });
    expect(told).toEqual([
      [404, "Resource not found"],
      [400, "invalid_path"],
      [400, "invalid_path"],
    ]);
  });
});

describe("bitbucket's getNextPage, in Node,", () => {
  const test = inNode;

  test("takes a session in client-wide headers to the API's own host, and into the error", async ({
    latchkey,
    session,
    emulator,
  }) => {
    const bitbucket = new Bitbucket({
      baseUrl: `${latchkey.origin}/api/bitbucket/2.0`,
      headers: { "X-Latchkey": "1", Cookie: session.cookie() },
      notice: false,
    });
    const { data } = await bitbucket.repositories.list({ workspace: "alice-workspace-1" });
    const [refused] = await Promise.allSettled([Promise.resolve(bitbucket.getNextPage(data))]);
    const { status, request } = "reason" in refused ? refused.reason : refused.value;
    const [sent] = await sentPast(emulator);
    expect(status).toBe(401);
    // Not compared as texts: a failure would print them.
    expect(sent?.headers["cookie"] === session.cookie()).toBe(true);
    expect(request.headers.cookie === session.cookie()).toBe(true);
  });

  test("gets nowhere with the documented client", async ({ run, emulator }) => {
    expect(await run(tryNextPage)).toBe("Not one of Latchkey's addresses");
    expect(await sentPast(emulator)).toEqual([]);
  });
});

describe("bitbucket's getNextPage, in a page,", () => {
  const test = inPage;

  test("is stopped by the browser, and takes no session along", async ({ run, emulator }) => {
    expect(await run(tryNextPage)).toBe("Failed to fetch");
    const sent = await sentPast(emulator);
    expect(sent.map(({ method, headers }) => [method, "cookie" in headers])).toEqual([
      ["OPTIONS", false],
    ]);
  });
});

describe("bitbucket, in Node,", () => {
  const test = inNode;

  test("lets the program keep what renews its session", async ({ run, emulator, session }) => {
    const before = session.cookie();
    await emulator.expireAccessTokens({ provider: "bitbucket" });
    await run(({ bitbucket }) => bitbucket.user.get({}));
    expect(session.cookie() === before).toBe(false);
    await run(({ bitbucket }) => bitbucket.user.get({}));
  });
});

async function tryNextPage({ bitbucket }: Example): Promise<string> {
  const { data } = await bitbucket.repositories.list({ workspace: "alice-workspace-1" });
  return Promise.resolve(bitbucket.getNextPage(data)).then(
    () => "answered",
    (error: Error) => error.message,
  );
}

/** Those that reached the API's own host past the proxy, and so without a token. */
async function sentPast(emulator: EmulatorControl) {
  const sent = await emulator.requests({ provider: "bitbucket", path: "/2.0/repositories" });
  return sent.filter(({ headers }) => headers["authorization"] === undefined);
}

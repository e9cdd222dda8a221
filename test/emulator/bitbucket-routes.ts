import { accountOf } from "./accounts.ts";
import { jsonAnswer, redirectAnswer, textAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { branchesOf } from "./branches.ts";
import { deterministicUuid } from "./deterministic-uuid.ts";
import type { LoggedRequest } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { emulatorUrls } from "./emulator-urls.ts";
import { fileAnswer } from "./file-answer.ts";
import type { Grant } from "./grant-store.ts";
import { pagedAnswer } from "./paged-answer.ts";
import { pullRequestsOf } from "./pull-requests.ts";
import { repositoriesOf } from "./repositories.ts";

interface ApiCall {
  readonly request: LoggedRequest;
  readonly state: EmulatorState;
  readonly grant: Grant;
  /** Raw path segments: a branch name keeps its `%2F`. */
  readonly segments: readonly string[];
}

interface ApiRoute {
  readonly method: string;
  readonly path: RegExp;
  readonly scope: string;
  readonly answer: (call: ApiCall) => Answer;
}

const PULL_REQUESTS = /^\/2\.0\/workspaces\/([^/]+)\/pullrequests\/([^/]+)$/;
const REPOSITORIES = /^\/2\.0\/repositories\/([^/]+)$/;
const REPOSITORY = String.raw`^/2\.0/repositories/([^/]+)/([^/]+)`;
const APPROVE = String.raw`/pullrequests/(\d+)/approve$`;

export const bitbucketRoutes: readonly ApiRoute[] = [
  { method: "GET", path: /^\/2\.0\/user$/, scope: "account", answer: user },
  { method: "GET", path: /^\/2\.0\/user\/workspaces$/, scope: "account", answer: workspaces },
  { method: "GET", path: PULL_REQUESTS, scope: "pullrequest", answer: pullRequests },
  { method: "GET", path: REPOSITORIES, scope: "repository", answer: repositoryList },
  { method: "GET", path: at("$"), scope: "repository", answer: repository },
  { method: "GET", path: at("/refs/branches$"), scope: "repository", answer: branchList },
  { method: "GET", path: at("/refs/branches/([^/]+)$"), scope: "repository", answer: branch },
  { method: "GET", path: at("/src/([^/]+)/(.+)$"), scope: "repository", answer: file },
  { method: "GET", path: at("/downloads/([^/]+)$"), scope: "repository", answer: download },
  { method: "POST", path: at("/downloads$"), scope: "repository", answer: upload },
  { method: "GET", path: at("/pullrequests$"), scope: "pullrequest", answer: repositoryPulls },
  { method: "POST", path: at(APPROVE), scope: "pullrequest:write", answer: approve },
  { method: "DELETE", path: at(APPROVE), scope: "pullrequest:write", answer: withdraw },
  { method: "GET", path: at("/pullrequests/(\\d+)/diff$"), scope: "pullrequest", answer: toDiff },
  { method: "GET", path: at("/diff/([^/]+)$"), scope: "repository", answer: diff },
];

function at(rest: string): RegExp {
  return new RegExp(REPOSITORY + rest);
}

function user({ grant }: ApiCall): Answer {
  const { accountId, uuid, displayName, login } = accountOf(grant.account);
  const names = { display_name: displayName, nickname: login, username: `was-${login}` };
  return jsonAnswer(200, { type: "user", uuid, account_id: accountId, ...names });
}

function workspaces({ request, state, grant }: ApiCall): Answer {
  const all = Array.from({ length: 12 }, (_, index) => {
    const slug = `${grant.account}-workspace-${index + 1}`;
    const workspace = { type: "workspace", slug, uuid: `{${deterministicUuid(slug)}}` };
    return { type: "workspace_access", administrator: index === 0, workspace };
  });
  return pagedAnswer(request, state, all);
}

function pullRequests(call: ApiCall): Answer {
  const [workspace = "", selectedUser = ""] = call.segments;
  const account = accountOf(call.grant.account);
  const ids = [account.accountId, account.uuid].flatMap((id) => [id, encodeURIComponent(id)]);
  if (!ids.includes(selectedUser)) {
    return jsonAnswer(404, { type: "error", error: { message: "No such user" } });
  }
  return pullRequestPage(call, pullRequestsIn(call, workspace));
}

function repositoryPulls(call: ApiCall): Answer {
  const [workspace = "", name = ""] = call.segments;
  const all = pullRequestsIn(call, workspace);
  const here = ({ destination }: PullRequest) =>
    destination.repository.full_name === `${workspace}/${name}`;
  return pullRequestPage(call, all.filter(here));
}

type PullRequest = ReturnType<typeof pullRequestsOf>[number];

function pullRequestsIn({ state, grant }: ApiCall, workspace: string): PullRequest[] {
  return pullRequestsOf(accountOf(grant.account), workspace, emulatorNow(state));
}

/** The open ones, unless others were asked for. */
function pullRequestPage({ request, state }: ApiCall, all: readonly PullRequest[]): Answer {
  const wanted = request.query["state"] ?? "OPEN";
  const found = all.filter((pullRequest) => pullRequest.state === wanted);
  return pagedAnswer(request, state, found, 50);
}

function approve({ state, grant }: ApiCall): Answer {
  const { accountId, uuid, displayName } = accountOf(grant.account);
  const person = { type: "user", uuid, account_id: accountId, display_name: displayName };
  const participated_on = new Date(emulatorNow(state)).toISOString();
  const said = { approved: true, state: "approved", participated_on };
  return jsonAnswer(200, { type: "participant", user: person, role: "PARTICIPANT", ...said });
}

// With no body there is no type either.
function withdraw(): Answer {
  return { status: 204, headers: {}, body: "" };
}

function repositoryList({ request, state, segments: [workspace = ""] }: ApiCall): Answer {
  return pagedAnswer(request, state, repositoriesOf(decodeURIComponent(workspace)));
}

function branchList({ request, state, segments: [workspace = "", name = ""] }: ApiCall): Answer {
  return pagedAnswer(request, state, branchesOf(`${workspace}/${name}`));
}

function repository({ segments: [workspace = "", name = ""] }: ApiCall): Answer {
  return jsonAnswer(200, { type: "repository", full_name: `${workspace}/${name}`, slug: name });
}

function branch({ segments: [, , name = ""] }: ApiCall): Answer {
  return jsonAnswer(200, { type: "branch", name: name.replaceAll(/%2F/gi, "/") });
}

function file({ request, segments: [, , commit = "", path = ""] }: ApiCall): Answer {
  const html = `<!doctype html><script>document.title = "ran"</script>${commit} ${path}\n`;
  return fileAnswer(request, html.repeat(20), "text/html; charset=utf-8");
}

// Signed, on another host: whoever follows it must leave the token behind.
function download({ segments: [, , name = ""] }: ApiCall): Answer {
  const signature = "Signature=emulated&Expires=4102444800";
  return redirectAnswer(302, `https://downloads.emulated-s3.invalid/${name}?${signature}`);
}

function upload({ request }: ApiCall): Answer {
  return jsonAnswer(201, { type: "download", size: request.bodyBytes });
}

function toDiff({ state, segments: [workspace = "", name = "", id = ""] }: ApiCall): Answer {
  const repositories = `${emulatorUrls(state.origin).BITBUCKET_API_URL}/2.0/repositories`;
  return redirectAnswer(302, `${repositories}/${workspace}/${name}/diff/pr-${id}?topic=true`);
}

function diff({ segments: [, , spec = ""] }: ApiCall): Answer {
  return textAnswer(200, `diff --git a/${spec} b/${spec}\n`);
}

import { accountOf } from "./accounts.ts";
import type { EmulatedSite } from "./accounts.ts";
import { jsonAnswer, redirectAnswer, textAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { LoggedRequest } from "./emulator-protocol.ts";
import { emulatorNow } from "./emulator-state.ts";
import type { EmulatorState, JiraIssue } from "./emulator-state.ts";
import { emulatorUrls } from "./emulator-urls.ts";
import { fileAnswer } from "./file-answer.ts";
import type { Grant } from "./grant-store.ts";
import { issueFields, matchesJql, pickFields } from "./issue-fields.ts";
import { projectsOf } from "./projects.ts";
import { uploadedFiles } from "./uploaded-files.ts";

interface JiraCall {
  readonly request: LoggedRequest;
  readonly state: EmulatorState;
  readonly grant: Grant;
  readonly site: EmulatedSite;
  readonly segments: readonly string[];
}

interface JiraRoute {
  readonly method: string;
  readonly path: RegExp;
  readonly scope: string;
  readonly answer: (call: JiraCall) => Answer;
}

const FIRST_ID = 10_000;

const SUMMARIES = [
  "the invoice shows yesterday's date",
  "write down how to restore a backup",
  "the login page is empty in a private window",
  "signing out in one tab leaves the other signed in",
  "let people choose when the weekly mail comes",
  "the map stays grey without a network",
  "find out why the import takes an hour",
];

const SEARCH_GONE =
  "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.";

export const jiraRoutes: readonly JiraRoute[] = [
  { method: "GET", path: at("/myself$"), scope: "read:jira-user", answer: myself },
  { method: "GET", path: at("/search/jql$"), scope: "read:jira-work", answer: search },
  { method: "POST", path: at("/search/jql$"), scope: "read:jira-work", answer: search },
  { method: "GET", path: at("/search$"), scope: "read:jira-work", answer: goneSearch },
  { method: "POST", path: at("/search$"), scope: "read:jira-work", answer: goneSearch },
  { method: "GET", path: at("/issue/([^/]+)$"), scope: "read:jira-work", answer: oneIssue },
  { method: "POST", path: at("/issue$"), scope: "write:jira-work", answer: createIssue },
  { method: "GET", path: at("/project/search$"), scope: "read:jira-work", answer: projects },
  {
    method: "POST",
    path: at("/issue/([^/]+)/attachments$"),
    scope: "write:jira-work",
    answer: attach,
  },
  { method: "GET", path: at("/attachment/content/(\\d+)$"), scope: "read:jira-work", answer: file },
];

function at(rest: string): RegExp {
  return new RegExp(String.raw`^/rest/api/3${rest}`);
}

function myself({ grant, site }: JiraCall): Answer {
  const { accountId, displayName, email } = accountOf(grant.account);
  const person = { accountId, displayName, emailAddress: email, accountType: "atlassian" };
  return jsonAnswer(200, { self: `${site.url}/rest/api/3/user`, ...person, active: true });
}

function search(call: JiraCall): Answer {
  const asked = call.request.method === "POST" ? call.request.body : call.request.query;
  const { jql, fields } = asked;
  if (typeof jql !== "string" || jql.trim() === "") {
    return jiraError(400, "Unbounded JQL queries are not allowed here. Please add a restriction.");
  }
  const size = Number(asked["maxResults"] ?? 50);
  const start = pageStart(asked["nextPageToken"] ?? "page.0");
  if (start === undefined) return jiraError(400, "The provided next page token is invalid.");
  const all = issuesOf(call).filter((issue) => matchesJql(jql, fieldsOf(call, issue)));
  const issues = all.slice(start, start + size).map((issue) => wireIssue(call, issue, fields));
  const isLast = start + size >= all.length;
  const more = isLast ? {} : { nextPageToken: `page.${start + size}` };
  return jsonAnswer(200, { issues, ...more, isLast });
}

function pageStart(token: unknown): number | undefined {
  const start = typeof token === "string" ? /^page\.(\d+)$/.exec(token)?.[1] : undefined;
  return start === undefined ? undefined : Number(start);
}

function goneSearch(): Answer {
  return jiraError(410, SEARCH_GONE);
}

function oneIssue(call: JiraCall): Answer {
  const wanted = call.segments[0];
  const issue = issuesOf(call).find(({ id, key }) => id === wanted || key === wanted);
  if (issue === undefined) {
    return jiraError(404, "Issue does not exist or you do not have permission to see it.");
  }
  return jsonAnswer(200, wireIssue(call, issue, Object.keys(fieldsOf(call, issue))));
}

function createIssue(call: JiraCall): Answer {
  const fields = call.request.body["fields"] as { summary?: unknown } | undefined;
  if (typeof fields?.summary !== "string") {
    const errors = { summary: "You must specify a summary of the issue." };
    return jsonAnswer(400, { errorMessages: [], errors });
  }
  const issues = issuesOf(call);
  const issue = newIssue(issues.length + 1, fields.summary);
  issues.push(issue);
  const { id, key, self } = wireIssue(call, issue);
  return jsonAnswer(201, { id, key, self }, { location: self });
}

function projects({ request, state, site }: JiraCall): Answer {
  const base = apiUrl(state, site);
  const startAt = Number(request.query["startAt"] ?? 0);
  const maxResults = Math.min(100, Number(request.query["maxResults"] ?? 50));
  const all = projectsOf(base);
  const [total, end] = [all.length, startAt + maxResults];
  const url = (start: number) => `${base}/project/search?maxResults=${maxResults}&startAt=${start}`;
  const more = end < total ? { nextPage: url(end), isLast: false } : { isLast: true };
  const values = all.slice(startAt, end);
  return jsonAnswer(200, { self: url(startAt), ...more, maxResults, startAt, total, values });
}

function attach({ request, state, site }: JiraCall): Answer {
  if (request.headers["x-atlassian-token"] !== "no-check") {
    return textAnswer(403, "XSRF check failed");
  }
  const base = apiUrl(state, site);
  const created = new Date(emulatorNow(state)).toISOString().replace("Z", "+0000");
  const attachments = uploadedFiles(request.bodyText).map((uploaded, index) => {
    const id = String(FIRST_ID + index);
    const content = `${base}/attachment/content/${id}`;
    return { self: `${base}/attachment/${id}`, id, created, content, ...uploaded };
  });
  return jsonAnswer(200, attachments);
}

// Jira sends attachments from another host, unless it is asked not to.
function file({ request, segments: [id = ""] }: JiraCall): Answer {
  if (request.query["redirect"] === "false") {
    return fileAnswer(request, "<svg onload='document.title=1'/>\n".repeat(40), "image/svg+xml");
  }
  return redirectAnswer(303, `https://media.emulated-atlassian.invalid/file/${id}?token=emulated`);
}

function issuesOf({ state, site }: JiraCall): JiraIssue[] {
  const known = state.issues.get(site.id);
  if (known !== undefined) return known;
  const issues = Array.from({ length: 7 }, (_, i) =>
    newIssue(i + 1, `${site.name}: ${SUMMARIES[i]}`),
  );
  state.issues.set(site.id, issues);
  return issues;
}

function newIssue(number: number, summary: string): JiraIssue {
  return { id: String(FIRST_ID + number), key: `EMU-${number}`, summary };
}

function fieldsOf({ state, grant }: JiraCall, { id, summary }: JiraIssue) {
  const number = Number(id) - FIRST_ID;
  return issueFields({ number, summary, login: grant.account, now: emulatorNow(state) });
}

function wireIssue(call: JiraCall, issue: JiraIssue, asked?: unknown) {
  const { state, site } = call;
  const { id, key } = issue;
  return {
    id,
    key,
    self: `${apiUrl(state, site)}/issue/${id}`,
    fields: pickFields(fieldsOf(call, issue), asked),
  };
}

function apiUrl({ origin }: EmulatorState, { id }: EmulatedSite): string {
  return `${emulatorUrls(origin).ATLASSIAN_API_URL}/ex/jira/${id}/rest/api/3`;
}

function jiraError(status: number, message: string): Answer {
  return jsonAnswer(status, { errorMessages: [message], errors: {} });
}

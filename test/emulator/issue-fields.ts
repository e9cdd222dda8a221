import { accountOf } from "./accounts.ts";

const HOUR_MS = 3_600_000;

const STATUSES = [
  { name: "In Progress", statusCategory: { key: "indeterminate", name: "In Progress" } },
  { name: "To Do", statusCategory: { key: "new", name: "To Do" } },
  { name: "Done", statusCategory: { key: "done", name: "Done" } },
] as const;

interface AskedIssue {
  readonly number: number;
  readonly summary: string;
  /** Who asks: all issues are theirs, unless their name begins with `idle`. */
  readonly login: string;
  readonly now: number;
}

/** What an issue has. */
export function issueFields({ number, summary, login, now }: AskedIssue) {
  const { accountId, displayName } = accountOf(login);
  return {
    summary,
    status: STATUSES[(number - 1) % STATUSES.length] ?? STATUSES[0],
    assignee: login.startsWith("idle") ? null : { accountId, displayName },
    // Not quite ISO 8601: no colon in the offset.
    updated: new Date(now - number * 7 * HOUR_MS).toISOString().replace("Z", "+0000"),
  };
}

type IssueFields = ReturnType<typeof issueFields>;

/** As much JQL as there is: whose it is, and whether it is done. */
export function matchesJql(jql: string, { status, assignee }: IssueFields): boolean {
  if (/\bassignee *= *currentUser\(\)/i.test(jql) && assignee === null) return false;
  return !(/\bstatusCategory *!= *Done\b/i.test(jql) && status.statusCategory.key === "done");
}

/** Those that were named; the summary alone when none was. */
export function pickFields(fields: IssueFields, asked: unknown): Partial<IssueFields> {
  const named = typeof asked === "string" ? asked.split(",") : asked;
  if (!Array.isArray(named)) return { summary: fields.summary };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => named.includes(name)));
}

export type ProviderId = "bitbucket" | "jira";

/** A Jira site that a connection reaches. */
export interface Site {
  /** The `cloudId` that API paths name. */
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

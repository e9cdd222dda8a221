/** A Jira site that a grant reaches. */
export interface Site {
  /** The `cloudId` in API paths. */
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

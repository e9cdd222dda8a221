import { expect } from "vitest";
import type { Race } from "./open-race.ts";
import { type Hold, holdKv, holdRequest } from "./race-holds.ts";
import { EXCHANGES } from "../../emulator/token-requests.ts";

/** Nothing of the owner, nothing of Jira, or whose Jira it is. */
export type Leaves = "erased" | "disconnected" | Account;
type Account = "alice" | "bob" | "dora";

/** Something the person does that must not be undone by anything that began before. */
export interface Decision {
  readonly name: string;
  readonly leaves: Leaves;
  make(race: Race): Promise<unknown>;
  /** Lets it begin and not end. */
  hold(): Hold | Promise<Hold>;
  /** Waits until it is stored, if that comes before its end. */
  readonly stored?: (race: Race) => Promise<unknown>;
}

function reconnect(name: string, account: Account): Decision {
  return {
    name,
    leaves: account,
    make: ({ person }) => person.connect("jira", { account }),
    hold: () => holdRequest({ ...EXCHANGES, account }),
  };
}

export const DECISIONS: readonly Decision[] = [
  {
    name: "a disconnect",
    leaves: "disconnected",
    make: ({ person }) => person.call("DELETE", "/connections/jira"),
    hold: () => holdKv("delete"),
    async stored({ row }) {
      await expect.poll(async () => (await row("connection:jira")).status).toBe("disconnected");
    },
  },
  reconnect("a reconnect of the same account", "alice"),
  reconnect("a reconnect of another account", "bob"),
  {
    name: "forget me",
    leaves: "erased",
    make: ({ person }) => person.call("DELETE", "/session"),
    hold: () => holdKv("delete"),
    async stored({ row }) {
      await expect.poll(async () => (await row("owner")).state).toBe("erased");
    },
  },
];

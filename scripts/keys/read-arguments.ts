import { parseArgs } from "node:util";
import { readSessionDays, SESSION_DAYS_RULE } from "../../src/shared/read-session-days.ts";
import { KEY_ID } from "../../src/vault/key-id.ts";

export const USAGE = `
usage: npm run --silent keys -- new [--id ID]
       npm run --silent keys -- status [--session-days DAYS] [--config FILE] [--env NAME]
                                       [--namespace-id ID] [--local [--persist-to FOLDER]]
`;

export type Arguments =
  | { readonly command: "new"; readonly id: string }
  | StatusArguments
  | { readonly command: "unclear"; readonly problem: string };

export interface StatusArguments {
  readonly command: "status";
  readonly local: boolean;
  /** What wrangler is told besides: as the operator wrote it. */
  readonly config: string | undefined;
  readonly env: string | undefined;
  readonly namespaceId: string | undefined;
  readonly persistTo: string | undefined;
  /** `undefined`: as in the deployment's settings. */
  readonly sessionDays: number | undefined;
}

/** What the operator asks for. A new key is named after the UTC day, unless it is told how. */
export function readArguments([command, ...rest]: readonly string[], nowMs: number): Arguments {
  try {
    if (command === "new") return readNew(rest, nowMs);
    if (command === "status") return readStatus(rest);
    return unclear(command === undefined ? "say what to do" : `there is no command ${command}`);
  } catch (error) {
    return unclear(error instanceof Error ? error.message : String(error));
  }
}

function readNew(args: string[], nowMs: number): Arguments {
  const { values } = parseArgs({ args, options: { id: { type: "string" } } });
  const id = values.id ?? `k${new Date(nowMs).toISOString().slice(0, 10)}`;
  if (!KEY_ID.test(id)) return unclear("--id must be 1 to 32 of A-Z a-z 0-9 _ -");
  return { command: "new", id };
}

function readStatus(args: string[]): Arguments {
  const type = "string" as const;
  const { values } = parseArgs({
    args,
    options: {
      local: { type: "boolean", default: false },
      config: { type },
      env: { type },
      "namespace-id": { type },
      "persist-to": { type },
      "session-days": { type },
    },
  });
  const { local, config, env, "persist-to": persistTo, "session-days": days } = values;
  if (persistTo !== undefined && !local) return unclear("--persist-to goes with --local");
  const sessionDays = days === undefined ? undefined : readSessionDays(days);
  // Who names the option means to say how many.
  if (days === "" || (days !== undefined && sessionDays === undefined)) {
    return unclear(`--session-days ${SESSION_DAYS_RULE}`);
  }
  return {
    command: "status",
    local,
    config,
    env,
    namespaceId: values["namespace-id"],
    persistTo,
    sessionDays,
  };
}

function unclear(problem: string): Arguments {
  return { command: "unclear", problem };
}

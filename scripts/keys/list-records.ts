import { spawnSync } from "node:child_process";
import { Fault } from "../dev/fault.ts";
import { WRANGLER_COMMAND } from "../dev/wrangler-command.ts";
import type { StatusArguments } from "./read-arguments.ts";

const NOT_LISTED =
  "wrangler could not list the records, for the reason above (not logged in: `npx wrangler login`)";

/**
 * The names and metadata of all records, as wrangler prints them: no value is read. Wrangler goes
 * through the pages itself, and finds the namespace of a binding without id in the deployment.
 */
export function listRecords(told: StatusArguments): string {
  const { script, env } = WRANGLER_COMMAND;
  const named = Object.entries({
    "--config": told.config,
    "--env": told.env,
    "--persist-to": told.persistTo,
    ...(told.namespaceId === undefined
      ? { "--binding": "TOKENS" }
      : { "--namespace-id": told.namespaceId }),
  }).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  const place = told.local ? "--local" : "--remote";
  const { status, stdout } = spawnSync(
    process.execPath,
    [script, "kv", "key", "list", place, "--prefix", "connection:", ...named],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      maxBuffer: Number.POSITIVE_INFINITY,
      // Nothing but the list on stdout.
      env: { ...env, WRANGLER_LOG: "log" },
    },
  );
  if (status !== 0) throw new Fault(NOT_LISTED);
  return stdout;
}

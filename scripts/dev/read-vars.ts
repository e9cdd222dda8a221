import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";

const KEY_BYTES = 32;
const ONLY_THE_OWNER = 0o600;

interface Vars {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** There was no file. */
  readonly created: boolean;
}

/** The developer's own variables. A first run writes the file, with a new sealing key. */
export function readVars(file: string): Vars {
  const created = !existsSync(file);
  if (created) writeFileSync(file, firstVars(), { mode: ONLY_THE_OWNER, flag: "wx" });
  return { values: parseEnv(readFileSync(file, "utf8")), created };
}

function firstVars(): string {
  return `# For \`npm run dev\` on this machine only. Never commit this file.
SEALING_KEYS=k1:${randomBytes(KEY_BYTES).toString("base64url")}

# Both halves of a pair switch that provider from the emulator to the real service.
# BITBUCKET_CLIENT_ID=
# BITBUCKET_CLIENT_SECRET=
# ATLASSIAN_CLIENT_ID=
# ATLASSIAN_CLIENT_SECRET=
`;
}

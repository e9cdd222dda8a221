// npm run --silent keys -- new [--id ID]         a fresh pair for SEALING_KEYS, on stdout
// npm run --silent keys -- status [--local …]    what lies under which key, and what may go when
import { Fault } from "./dev/fault.ts";
import { describeRotation } from "./keys/describe-rotation.ts";
import { describeStatus } from "./keys/describe-status.ts";
import { findSessionDays } from "./keys/find-session-days.ts";
import { judgeKeys } from "./keys/judge-keys.ts";
import { listRecords } from "./keys/list-records.ts";
import { newPair } from "./keys/new-pair.ts";
import { type Arguments, readArguments, USAGE } from "./keys/read-arguments.ts";
import { readRecords } from "./keys/read-records.ts";

try {
  await run(readArguments(process.argv.slice(2), Date.now()));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`keys: ${error.message}`);
  process.exitCode = 1;
}

async function run(told: Arguments): Promise<void> {
  switch (told.command) {
    case "new":
      console.log(newPair(told.id));
      console.error(describeRotation(told.id));
      return;
    case "status": {
      const { keys, oddRecords } = readRecords(listRecords(told), Date.now());
      const sessionDays = told.sessionDays ?? (await findSessionDays(told));
      console.log(describeStatus(judgeKeys(keys, sessionDays), oddRecords, sessionDays));
      return;
    }
    case "unclear":
      console.error(`keys: ${told.problem}\n${USAGE}`);
      process.exitCode = 2;
  }
}

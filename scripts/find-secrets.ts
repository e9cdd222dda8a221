/** Logged by a test, in the way the Worker logs. */
export const CONTROL_EVENT = "control_of_the_search";

/** What must never be printed. The tests' secrets and the emulator's tokens are made to be found. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  "a client secret": /CANARYbitbucketSecret|ATOA-CANARY/,
  // "CANARY" in base64, as the tests' sealing keys begin.
  "a sealing key": /Q0FOQVJZ|CANARY-sealing/,
  "a token or a code": /emulated-(bitbucket|jira)-(access|refresh|code)\./,
  "a cookie": /__Host-Http-latchkey[\w-]*=[\w-]{20}/,
  // How every box under the tests' keys begins.
  "a sealed box": /AQJrM[\w-]{40}/,
  "a state": /[?&]state=[\w-]{20}/,
};

/** Lines that must be there: proof that what the Worker prints is what is searched. */
const CONTROLS: Readonly<Record<string, RegExp>> = {
  "the Worker's log inside workerd": new RegExp(`"event":"${CONTROL_EVENT}"`),
  "the Worker's log in the wrangler process": /\[wrangler\].*"event":"connected"/,
};

/** What is wrong with a test run's output, a line for each finding; none is good. */
export function findSecrets(lines: readonly string[]): string[] {
  const leaks = lines.flatMap((line, index) => {
    const shown = Object.keys(SECRETS).filter((what) => SECRETS[what]?.test(line));
    return shown.length > 0 ? [`Line ${index + 1} of the output shows ${shown.join(", ")}.`] : [];
  });
  const missing = Object.entries(CONTROLS)
    .filter(([, pattern]) => !lines.some((line) => pattern.test(line)))
    .map(([what]) => `The output lacks ${what}: the search for secrets proves nothing.`);
  return [...leaks, ...missing];
}

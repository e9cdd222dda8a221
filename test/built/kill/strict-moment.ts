import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import type { Connection } from "./connected-owner.ts";
import { ownersWithEndedTokens } from "./owners-with-ended-tokens.ts";
import { refreshesOf } from "./refreshes-of.ts";
import type { Moment } from "./round.ts";
import { useToken } from "./use-token.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";

const CALLS = 20;
const ARRIVAL_MS = 60_000;

/** What is told of a connection whose spent token the provider does not take once more. */
const TRUTH = {
  // Jira says clearly that the grant is gone.
  jira: "401 reconnect_required",
  // Bitbucket's answer is one that it sometimes gives to valid tokens too.
  bitbucket: "503 provider_unavailable",
} as const;

/** Nothing can save these connections: what counts is what callers are told, and that it ends there. */
export const STRICT_MOMENT: Moment = {
  name: "refresh without leeway, the answer is on its way: told as it is",
  async run(latchkey) {
    const { emulator } = latchkey;
    const owners = await ownersWithEndedTokens(latchkey);
    const connections = owners.flat();
    await emulator.configure({ leewaySeconds: 0, bitbucketStrict: true });
    await emulator.fault({ ...REFRESHES, phase: "after", times: connections.length, hold: "all" });
    for (const { browser, provider } of connections) {
      browser.call("GET", `/connections/${provider}/token`).catch(() => undefined);
    }
    await emulator.waitForRequests(REFRESHES, connections.length, { timeoutMs: ARRIVAL_MS });
    await latchkey.kill();
    const killedAt = performance.now();
    await latchkey.restart();

    const lost: string[] = [];
    const attendedMs: number[] = [];
    const unattendedMs: number[] = [];
    async function judge(connection: Connection, isAttended: boolean): Promise<void> {
      try {
        if (!isAttended) {
          await emulator.waitForRequests(refreshesOf(connection), 2, { timeoutMs: ARRIVAL_MS });
        }
        await expectTruth(connection);
        (isAttended ? attendedMs : unattendedMs).push(performance.now() - killedAt);
        await expectNoLoop(emulator, connection);
        if (connection.provider === "jira") await reconnect(emulator, connection);
      } catch (error) {
        lost.push(`${connection.provider} of ${connection.account}: ${String(error)}`);
      }
    }
    const judged = owners.flatMap((owner, index) =>
      owner.map((one) => judge(one, index % 2 === 0)),
    );
    await Promise.all(judged);
    return { kills: 1, connections: connections.length, lost, attendedMs, unattendedMs };
  },
};

/** However often callers ask, the provider has seen two refreshes: the interrupted one and one more. */
async function expectNoLoop(emulator: EmulatorControl, connection: Connection): Promise<void> {
  for (let call = 0; call < CALLS; call += 1) {
    await expectTruth(connection);
  }
  const { length } = await emulator.requests(refreshesOf(connection));
  if (length !== 2) throw new Error(`${length} refreshes`);
}

async function expectTruth({ browser, provider }: Connection): Promise<void> {
  const response = await browser.call("GET", `/connections/${provider}/token`);
  const { code } = (await response.json()) as { code?: string };
  const told = `${response.status} ${code ?? ""}`;
  if (told !== TRUTH[provider]) throw new Error(`callers are told ${told}`);
  const retryAfter = Number(response.headers.get("Retry-After") ?? 0);
  if (response.status === 503 && !(retryAfter >= 1 && retryAfter <= 60)) {
    throw new Error(`Retry-After ${retryAfter}`);
  }
}

async function reconnect(emulator: EmulatorControl, connection: Connection): Promise<void> {
  const { browser, provider, account } = connection;
  await browser.connect(provider, { account });
  await useToken(emulator, connection);
}

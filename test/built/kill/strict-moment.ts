import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import { REFRESHES } from "../../emulator/token-requests.ts";
import { arrived } from "./arrived.ts";
import { askAll } from "./ask-all.ts";
import type { Connection } from "./connected-owner.ts";
import { endedConnections } from "./ended-connections.ts";
import { judgeEach } from "./judge-each.ts";
import { refreshesOf } from "./refreshes-of.ts";
import { retryAfterOf } from "./retry-after-of.ts";
import type { Moment } from "./round.ts";
import { useToken } from "./use-token.ts";

const CALLS = 20;

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
    const ended = await endedConnections(latchkey);
    const connections = ended.length;
    await emulator.configure({ leewaySeconds: 0, bitbucketStrict: true });
    await emulator.fault({ ...REFRESHES, phase: "after", times: connections, hold: "all" });
    void askAll(ended);
    await arrived(emulator, REFRESHES, connections);
    await latchkey.kill();
    const killedAt = performance.now();
    await latchkey.restart();

    const attendedMs: number[] = [];
    const unattendedMs: number[] = [];
    const lost = await judgeEach(ended, async (one) => {
      if (!one.isAttended) await arrived(emulator, refreshesOf(one), 2);
      await expectTruth(one);
      (one.isAttended ? attendedMs : unattendedMs).push(performance.now() - killedAt);
      await expectNoLoop(emulator, one);
      if (one.provider === "jira") await reconnect(emulator, one);
    });
    return { kills: 1, connections, committed: 0, lost, attendedMs, unattendedMs };
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
  if (response.status === 503) retryAfterOf(response);
}

async function reconnect(emulator: EmulatorControl, connection: Connection): Promise<void> {
  const { browser, provider, account } = connection;
  await browser.connect(provider, { account });
  await useToken(emulator, connection);
}

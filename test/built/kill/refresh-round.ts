import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import type { Latchkey } from "../run-latchkey.ts";
import type { Connection } from "./connected-owner.ts";
import { endedConnections } from "./ended-connections.ts";
import { judgeEach } from "./judge-each.ts";
import { type LocalKv, localKv } from "./local-kv.ts";
import { refreshesOf } from "./refreshes-of.ts";
import type { RoundResult } from "./round.ts";
import { until } from "./until.ts";
import { forceRefresh, useToken } from "./use-token.ts";

/** What the contract promises when nobody calls. */
const UNATTENDED_MS = 60_000;

export interface RefreshScene {
  readonly emulator: EmulatorControl;
  readonly kv: LocalKv;
  /** Of several owners, all with a token that has ended: whoever asks starts a refresh. */
  readonly connections: readonly Connection[];
  readonly random: () => number;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

export interface RefreshMoment {
  readonly name: string;
  /** Leaves no process. */
  readonly interrupt: (scene: RefreshScene) => Promise<void>;
  /** How many refreshes of each connection the provider sees until it works again: from, to. */
  readonly refreshes: readonly [number, number];
}

export async function refreshRound(
  latchkey: Latchkey,
  { interrupt, refreshes: [fewest, most] }: RefreshMoment,
  random: () => number,
): Promise<RoundResult> {
  const { emulator } = latchkey;
  const kv = localKv(latchkey.stateFolder);
  const connections = await endedConnections(latchkey);
  let [kills, killedAt] = [0, 0];
  await interrupt({
    emulator,
    kv,
    connections,
    random,
    async kill() {
      await latchkey.kill();
      kills += 1;
      killedAt = performance.now();
    },
    restart: () => latchkey.restart(),
  });
  // What arrives later has not been answered, and no alarm has sent anything yet.
  const sentBefore = await refreshCounts(emulator, connections);
  await latchkey.restart();

  const attendedMs: number[] = [];
  const unattendedMs: number[] = [];
  let committed = 0;

  async function judge(
    connection: Connection,
    recover: (one: Connection) => Promise<string>,
  ): Promise<void> {
    const token = await recover(connection);
    const sent = (await emulator.requests(refreshesOf(connection))).length;
    if (sent < fewest || sent > most) throw new Error(`${sent} refreshes`);
    // Without a refresh nothing works: none since the kill means that the one before it was kept.
    if (sent === sentBefore.get(connection)) committed += 1;
    await forceRefresh(emulator, connection, token);
    const after = (await emulator.requests(refreshesOf(connection))).length;
    if (after !== sent + 1) throw new Error(`${after - sent} more refreshes for a forced one`);
  }

  /** The front-end calls, with the cookie that it had. */
  async function attended(connection: Connection): Promise<string> {
    const token = await useToken(emulator, connection);
    attendedMs.push(performance.now() - killedAt);
    return token;
  }

  /** Nobody calls until KV, the last to get it, has the new token. */
  async function unattended(connection: Connection): Promise<string> {
    await until("the new version in KV", UNATTENDED_MS, () =>
      (kv.records().get(connection.kvKey)?.version ?? 0) > 1 ? true : undefined,
    );
    unattendedMs.push(performance.now() - killedAt);
    const sent = (await emulator.requests(refreshesOf(connection))).length;
    const token = await useToken(emulator, connection);
    const after = (await emulator.requests(refreshesOf(connection))).length;
    if (after !== sent) throw new Error("a call had to refresh what should have been done");
    return token;
  }

  async function judgeAttended(): Promise<string[]> {
    const some = connections.filter(({ isAttended }) => isAttended);
    return judgeEach(some, (one) => judge(one, attended));
  }

  async function judgeUnattended(): Promise<string[]> {
    const some = connections.filter(({ isAttended }) => !isAttended);
    const alone = some.filter((one) => (sentBefore.get(one) ?? 0) > 0);
    const lost = await judgeEach(alone, (one) => judge(one, unattended));
    // What the kill kept from being sent is nobody's to take up: it waits for a caller. And a call
    // would wake the object, which is also that of its owner's other connection.
    const rest = some.filter((one) => !alone.includes(one));
    const called = await judgeEach(rest, (one) => judge(one, (it) => useToken(emulator, it)));
    return [...lost, ...called];
  }

  const lost = (await Promise.all([judgeAttended(), judgeUnattended()])).flat();
  return { kills, connections: connections.length, committed, lost, attendedMs, unattendedMs };
}

async function refreshCounts(emulator: EmulatorControl, connections: readonly Connection[]) {
  const counts = connections.map(
    async (one) => [one, (await emulator.requests(refreshesOf(one))).length] as const,
  );
  return new Map(await Promise.all(counts));
}

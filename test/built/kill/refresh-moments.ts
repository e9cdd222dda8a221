import { setTimeout as delay } from "node:timers/promises";
import { REFRESHES } from "../../emulator/token-requests.ts";
import { arrived } from "./arrived.ts";
import { askAll } from "./ask-all.ts";
import type { Connection } from "./connected-owner.ts";
import { duringCommit } from "./during-commit.ts";
import { refreshRound, type RefreshMoment, type RefreshScene } from "./refresh-round.ts";
import type { Moment } from "./round.ts";
import { refreshesOf } from "./refreshes-of.ts";

const MOMENTS: readonly RefreshMoment[] = [
  {
    name: "refresh: the provider has not processed it",
    refreshes: [2, 2],
    async interrupt(scene) {
      await holdRefreshes(scene, "before");
      void askAll(scene.connections);
      await refreshesArrived(scene, 1);
      await scene.kill();
    },
  },
  {
    name: "refresh: processed, the answer is on its way",
    refreshes: [2, 2],
    async interrupt(scene) {
      await holdRefreshes(scene, "after");
      void askAll(scene.connections);
      await refreshesArrived(scene, 1);
      await scene.kill();
    },
  },
  {
    name: "refresh: right after the answer",
    refreshes: [1, 2],
    async interrupt(scene) {
      await holdRefreshes(scene, "after");
      void askAll(scene.connections);
      await refreshesArrived(scene, 1);
      await Promise.all(scene.connections.map((one) => scene.emulator.release(holdOf(one))));
      await duringCommit(scene.random);
      await scene.kill();
    },
  },
  {
    name: "refresh: in the alarm that takes up an interrupted one",
    refreshes: [3, 3],
    async interrupt(scene) {
      await holdRefreshes(scene, "after", 2);
      void askAll(scene.connections);
      await refreshesArrived(scene, 1);
      await scene.kill();
      await scene.restart();
      await refreshesArrived(scene, 2);
      await scene.kill();
    },
  },
  {
    name: "refresh: committed and answered, KV has the old record",
    refreshes: [1, 1],
    async interrupt(scene) {
      const lock = scene.kv.lock();
      try {
        const answers = await askAll(scene.connections);
        if (answers.some((answer) => answer?.status !== 200)) throw new Error("no answer");
        await scene.kill();
      } finally {
        lock.open();
      }
      const records = scene.kv.records();
      if (scene.connections.some(({ kvKey }) => records.get(kvKey)?.version !== 1)) {
        throw new Error("KV was written although it was locked");
      }
    },
  },
  ...[40, 400].map((mostMs) => ({
    name: `refresh: anywhere within ${mostMs} ms of the call`,
    refreshes: [1, 2] as const,
    async interrupt(scene: RefreshScene) {
      void askAll(scene.connections);
      await delay(scene.random() * mostMs);
      await scene.kill();
    },
  })),
];

export const REFRESH_MOMENTS: readonly Moment[] = MOMENTS.map((moment) => ({
  name: moment.name,
  run: (latchkey, random) => refreshRound(latchkey, moment, random),
}));

function holdOf({ provider, account }: Connection): string {
  return `${provider} ${account}`;
}

async function holdRefreshes(
  { emulator, connections }: RefreshScene,
  phase: "before" | "after",
  times = 1,
): Promise<void> {
  const holds = connections.map((connection) =>
    emulator.fault({ ...refreshesOf(connection), phase, times, hold: holdOf(connection) }),
  );
  await Promise.all(holds);
}

function refreshesArrived({ emulator, connections }: RefreshScene, each: number): Promise<void> {
  return arrived(emulator, REFRESHES, each * connections.length);
}

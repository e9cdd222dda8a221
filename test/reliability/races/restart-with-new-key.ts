import { abortAllDurableObjects } from "cloudflare:test";
import { SEALING_KEY_1, SEALING_KEY_2 } from "../../worker-bindings.ts";
import { deployKeys } from "../deploy-keys.ts";

/** As a deployment does that puts a new key in front: every object is stopped, and starts again with it. */
export async function restartWithNewKey(): Promise<void> {
  await deployKeys(`k2:${SEALING_KEY_2},k1:${SEALING_KEY_1}`);
  await abortAllDurableObjects();
}

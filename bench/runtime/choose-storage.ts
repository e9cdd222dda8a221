import { statfs } from "node:fs/promises";

const RAM_DISK = "/dev/shm";
const ROOM_BYTES = 2 ** 30;

/**
 * Lets everybody keep KV, D1 and objects in a RAM disk, where there is one with room: how fast this
 * machine's disk is says nothing of Cloudflare's storage. Tells what it came to.
 */
export async function chooseStorage(): Promise<string> {
  const { bavail, bsize } = await statfs(RAM_DISK).catch(() => ({ bavail: 0, bsize: 0 }));
  if (bavail * bsize < ROOM_BYTES) return "disk";
  process.env["TMPDIR"] = RAM_DISK;
  return "RAM disk";
}

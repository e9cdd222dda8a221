import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** What a folder's files take on the disk, in MiB. */
export async function folderMib(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  let blocks = 0;
  for (const { parentPath, name } of files) blocks += (await stat(join(parentPath, name))).blocks;
  // stat(2) counts in blocks of 512 bytes, whatever the file system's own are.
  return (blocks * 512) / 2 ** 20;
}

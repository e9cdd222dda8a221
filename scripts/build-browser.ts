// Bundles what runs in browsers: the client, as the module of the package and as the text that the
// Worker serves, and the script of the connections page, which imports the served client.
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { build, type BuildOptions } from "esbuild";

const SHARED: BuildOptions = {
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
};

const client = await bundle({ entryPoints: ["src/client/client.ts"] });
// The page asks for the client that it was built with: browsers may still have an older one.
const version = createHash("sha256").update(client).digest("hex").slice(0, 8);
const servedClient = `/client.js?${version}`;
const page = await bundle({
  entryPoints: ["src/ui/connections-page.browser.ts"],
  alias: { "latchkey/client": servedClient },
  external: [servedClient],
});

for (const folder of ["dist/client", "dist/ui"]) await mkdir(folder, { recursive: true });
await writeFile("dist/client/client.js", client);
await writeFile("dist/ui/client.txt", client);
await writeFile("dist/ui/connections-page.txt", page);

async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...SHARED, ...options, write: false });
  return outputFiles[0]?.text ?? "";
}

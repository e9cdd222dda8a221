// Bundles the connections page's script to the text module that the Worker serves.
import { build } from "esbuild";

await build({
  entryPoints: ["src/ui/connections-page.browser.ts"],
  outfile: "dist/ui/connections-page.txt",
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});

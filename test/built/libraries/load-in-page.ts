import { build } from "esbuild";
import type { JSHandle, Page } from "playwright-core";

/** What a module exports, bundled with its packages and run by the page. */
export async function loadInPage<Exports>(page: Page, code: string): Promise<JSHandle<Exports>> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "example",
    write: false,
    logLevel: "warning",
  });
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  return page.evaluateHandle("example") as Promise<JSHandle<Exports>>;
}

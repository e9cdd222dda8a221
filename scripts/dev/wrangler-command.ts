import { fileURLToPath } from "node:url";

const BIN = pathOf("node_modules/.bin");

/** How wrangler is called here: by this Node, offline, asking nothing and telling nobody. */
export const WRANGLER_COMMAND = {
  script: pathOf("node_modules/wrangler/bin/wrangler.js"),
  env: {
    ...process.env,
    // Its custom build runs `node`, which has to be this project's.
    PATH: `${BIN}:${process.env["PATH"] ?? ""}`,
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
    // The banner looks for updates.
    WRANGLER_HIDE_BANNER: "true",
    // Otherwise it fetches an example of `request.cf`.
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    // Otherwise both are in the home folder.
    WRANGLER_WRITE_LOGS: "false",
    CLOUDFLARE_DEV_REGISTRY_PATH: pathOf(".wrangler/dev-registry"),
  },
};

function pathOf(file: string): string {
  return fileURLToPath(new URL(`../../${file}`, import.meta.url));
}

import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { findChromium } from "./find-chromium.ts";

// Root has no sandbox, and the bundled Chromium no zygote. None of its package's own flags belong
// here: they switch web security off.
const ARGS = ["--no-sandbox", "--no-zygote", "--disable-background-networking"];

/** Rejects when there is no browser: a test that needs one then fails. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ ...(await findChromium()), args: ARGS });
}

import { expect } from "vitest";
import type { Page } from "playwright-core";
import type { EmulatorControl } from "../../emulator/control-emulator.ts";
import * as person from "../connections-page.ts";
import { tooWide } from "../too-wide.ts";
import { watchProblems } from "../watch-problems.ts";
import * as example from "./example-page.ts";
import { test } from "./example-test.ts";

/** The states of the example, as a person comes to them. */
const STATES: readonly (readonly [
  name: string,
  open: (page: Page, emulator: EmulatorControl) => Promise<void>,
])[] = [
  ["nothing connected", (page) => example.openExample(page)],
  ["both connected, several sites, odd titles", connectALot],
  ["after a refusal", refuseOnce],
  ["an ended connection, and a provider that is down", breakBoth],
  ["the page in the window", (page) => page.goto("/connected.html").then(() => undefined)],
];

test.for(STATES)(
  "%s: no policy is violated, no error is reported, and it fits 320 and 1280 pixels, light and dark",
  async ([, open], { page, emulator }) => {
    const problems = await watchProblems(page);
    await open(page, emulator);
    for (const width of [320, 1280]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        expect(await tooWide(page), `${width} px, ${colorScheme}`).toEqual([]);
      }
    }
    expect(problems.filter((problem) => !isAnswer(problem))).toEqual([]);
  },
);

test("what the policy refuses would be noticed: a call to a provider, a foreign script", async ({
  page,
}) => {
  const problems = await watchProblems(page);
  await example.openExample(page);
  await page.evaluate(() => {
    fetch("http://127.0.0.1:9/").catch(() => undefined);
    const script = document.createElement("script");
    script.src = "http://127.0.0.1:9/x.js";
    document.head.append(script);
  });
  await expect.poll(() => problems).toContain("connect-src http://127.0.0.1:9/");
  await expect.poll(() => problems).toContain("script-src-elem http://127.0.0.1:9/x.js");
});

/** Browsers report the status of an answer as an error; the page tells what it means. */
function isAnswer(problem: string): boolean {
  return /^Failed to load resource: .* status of (401|503)/.test(problem);
}

async function connectALot(page: Page, emulator: EmulatorControl): Promise<void> {
  await emulator.configure({ account: "busy" });
  await example.openExample(page);
  await example.connect(page, "Bitbucket", "busy");
  await example.startConnecting(page, "Jira");
  await page.getByRole("checkbox", { name: "Globex" }).check();
  await person.allow(page, "busy");
  await page.getByLabel("Site").waitFor();
  await example.settled(page);
}

async function refuseOnce(page: Page): Promise<void> {
  await example.openExample(page);
  await example.startConnecting(page, "Jira");
  await person.refuse(page);
  await example.expectSaid(page, "Jira was not connected");
}

async function breakBoth(page: Page, emulator: EmulatorControl): Promise<void> {
  await example.connectBoth(page);
  await emulator.revokeGrants({ provider: "jira" });
  await emulator.fault({ provider: "bitbucket", status: 503, times: "always" });
  for (const product of ["Bitbucket", "Jira"] as const) await example.readAgain(page, product);
  await page.getByText("The connection to Jira has ended.").waitFor();
  await page.getByText("Bitbucket is not available at the moment.").waitFor();
}

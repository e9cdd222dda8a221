import { expect } from "vitest";
import type { Page } from "playwright-core";
import { allow, refuse } from "../connections-page.ts";
import { test } from "./client-test.ts";

test.for([
  { opener: "known to the provider's page", headers: {} },
  { opener: "cut off by it", headers: { "Cross-Origin-Opener-Policy": "same-origin" } },
])(
  "a popup reports how it ended, and closes: the opener $opener",
  async ({ headers }, { app, emulator }) => {
    await emulator.fault({ endpoint: "authorize", headers, times: "always" });
    const popup = await openPopup(app);
    const closed = popup.waitForEvent("close");
    await allow(popup);
    expect(await ended(app)).toEqual({ provider: "jira", outcome: "connected" });
    await closed;
  },
);

test("a refusal", async ({ app }) => {
  const popup = await openPopup(app);
  await refuse(popup);
  expect(await ended(app)).toEqual({ provider: "jira", outcome: "denied" });
});

async function openPopup(page: Page): Promise<Page> {
  await page.evaluate(() => {
    const button = document.createElement("button");
    button.textContent = "Connect";
    button.addEventListener("click", () => {
      window.ended = window.latchkey.connect("jira", { popup: true });
    });
    document.body.append(button);
  });
  const opened = page.waitForEvent("popup");
  await page.getByRole("button", { name: "Connect" }).click();
  const popup = await opened;
  await popup.getByRole("heading", { name: "Grant access?" }).waitFor();
  return popup;
}

function ended(page: Page): Promise<unknown> {
  return page.evaluate(() => window.attempt(() => window.ended));
}

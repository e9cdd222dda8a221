import type { Locator, Page } from "playwright-core";
import * as person from "../connections-page.ts";
import type { Product } from "../connections-page.ts";

const PRODUCTS: readonly Product[] = ["Bitbucket", "Jira"];

/** Opens the example and waits until both halves show what they read. */
export async function openExample(page: Page): Promise<void> {
  await page.goto("/");
  await settled(page);
}

/** Resolves once both halves show what they read. */
export async function settled(page: Page): Promise<void> {
  for (const product of PRODUCTS) {
    await panel(page, product).and(page.locator("[aria-busy=false]")).waitFor();
  }
}

export function panel(page: Page, product: Product): Locator {
  return page.getByRole("region", { name: product });
}

/** The titles that a half of the page lists. */
export function titles(page: Page, product: Product): Promise<string[]> {
  return panel(page, product).locator("li > :first-child").allTextContents();
}

/** Leaves for the provider and stops on its consent page. */
export async function startConnecting(page: Page, product: Product): Promise<void> {
  await panel(page, product)
    .getByRole("button", { name: new RegExp(`^(Reconnect|Connect) ${product}$`) })
    .click();
  await page.getByRole("heading", { name: "Grant access?" }).waitFor();
}

/** Opens the window and stops on the consent page in it. */
export async function startInWindow(page: Page, product: Product): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await panel(page, product)
    .getByRole("button", { name: /onnect in a window$/ })
    .click();
  const popup = await opened;
  await popup.getByRole("heading", { name: "Grant access?" }).waitFor();
  return popup;
}

/** Connects by redirect, until the list is there. */
export async function connect(page: Page, product: Product, account?: string): Promise<void> {
  await startConnecting(page, product);
  await person.allow(page, account);
  await expectSaid(page, `${product} is connected.`);
  await settled(page);
}

export async function connectBoth(page: Page, account?: string): Promise<void> {
  await openExample(page);
  for (const product of PRODUCTS) await connect(page, product, account);
}

/** Reads a list once more, by its button, until the answer is shown. */
export async function readAgain(page: Page, product: Product): Promise<void> {
  await panel(page, product)
    .getByRole("button", { name: /^(Reload|Try again)$/ })
    .click();
  await settled(page);
}

export async function disconnect(page: Page, product: Product): Promise<void> {
  await page.getByRole("button", { name: `Disconnect ${product}` }).click();
  await expectSaid(page, `${product} is disconnected.`);
}

/** Waits until one of the halves says this, above its list. */
export async function expectSaid(page: Page, text: string): Promise<void> {
  await page.getByRole("status").filter({ hasText: text }).waitFor();
}

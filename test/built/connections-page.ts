import type { Locator, Page } from "playwright-core";

export type Product = "Bitbucket" | "Jira";

/** Opens the connections page and waits until it shows what it read. */
export async function openConnections(page: Page): Promise<void> {
  await page.goto("/");
  await settled(page);
}

/** Resolves once the connections page is there and shows what it read. */
export async function settled(page: Page): Promise<void> {
  await page.locator("#cards[aria-busy=false]").waitFor();
}

export function card(page: Page, product: Product): Locator {
  return page.getByRole("region", { name: product });
}

/** What the two cards say of their connections, in words: Bitbucket's first. */
export function statuses(page: Page): Promise<string[]> {
  return page.locator(".status").allTextContents();
}

/** Follows the link and stops on the provider's consent page. */
export async function startConnecting(page: Page, product: Product): Promise<void> {
  await card(page, product)
    .getByRole("link", { name: new RegExp(`^(Reconnect|Connect) ${product}$`) })
    .click();
  await page.getByRole("heading", { name: "Grant access?" }).waitFor();
}

export async function allow(page: Page, account = "alice"): Promise<void> {
  await page.getByRole("radio", { name: account }).check();
  await page.getByRole("button", { name: "Allow" }).click();
}

/** Connects by clicks, from the connections page back to it. */
export async function connect(page: Page, product: Product, account?: string): Promise<void> {
  await startConnecting(page, product);
  await allow(page, account);
  await expectNotice(page, `${product} is connected.`);
}

export async function refuse(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Refuse" }).click();
}

export async function disconnect(page: Page, product: Product): Promise<void> {
  await page.getByRole("button", { name: `Disconnect ${product}` }).click();
  await expectNotice(page, `${product} is disconnected`);
}

/** *Forget me*, and yes to the question. */
export async function forget(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Forget me" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Erase everything" }).click();
  await expectNotice(page, "Everything Latchkey kept for this browser is deleted.");
}

/** Waits until the page tells this, above the connections. */
export async function expectNotice(page: Page, text: string): Promise<void> {
  await page.getByRole("status").getByText(text).waitFor();
}

const MOST_TABS = 40;

/** Tabs to an element, from wherever the focus is, and presses Enter. */
export async function pressOn(element: Locator): Promise<void> {
  const { keyboard } = element.page();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await element.evaluate((node) => node === document.activeElement)) {
      return keyboard.press("Enter");
    }
    await keyboard.press("Tab");
  }
  throw new Error(`no way there by Tab: ${element.toString()}`);
}

import { expect } from "vitest";
import { refuse } from "../connections-page.ts";
import { test } from "./client-test.ts";
import { openFrontEnd, ready } from "./front-end.ts";

test("connecting leaves the page and comes back to it, which takes the outcome once", async ({
  app,
  frontEnd,
  emulator,
}) => {
  await emulator.configure({ consent: "allow" });
  const address = `${frontEnd.origin}/board?view=1&provider=jira&outcome=failed&reason=x#top`;
  await openFrontEnd(app, address);
  await app.evaluate(() => void latchkey.connect("bitbucket"));
  await app.waitForURL(`${frontEnd.origin}/board?view=1&provider=bitbucket&outcome=connected#top`);
  await ready(app);

  const outcomes = await app.evaluate(() => [client.takeOutcome(), client.takeOutcome()]);
  expect(outcomes).toEqual([{ provider: "bitbucket", outcome: "connected" }, null]);
  expect(app.url()).toBe(`${frontEnd.origin}/board?view=1#top`);
  const [bitbucket] = await app.evaluate(() => latchkey.connections());
  expect(bitbucket).toMatchObject({ status: "connected", account: { id: expect.any(String) } });
});

test("it comes back to the page it is told", async ({ app, frontEnd }) => {
  await openFrontEnd(app, `${frontEnd.origin}/board/1`);
  await app.evaluate(() => void latchkey.connect("jira", { returnTo: "../done?a=b" }));
  await app.getByRole("heading", { name: "Grant access?" }).waitFor();
  await refuse(app);
  await app.waitForURL(`${frontEnd.origin}/done?a=b&provider=jira&outcome=denied`);
});

test("a page that the browser shows again learns that nothing came of it", async ({
  app,
  latchkey,
}) => {
  await app.route(`${latchkey.origin}/auth/**`, () => {});
  const outcomes = await app.evaluate(async () => {
    const connecting = window.latchkey.connect("jira");
    const shown = async (persisted: boolean) => {
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted }));
      return Promise.race([
        connecting,
        new Promise((resolve) => setTimeout(resolve, 0, "leaving")),
      ]);
    };
    return [await shown(false), await shown(true)];
  });
  expect(outcomes).toEqual(["leaving", { provider: "jira", outcome: "abandoned" }]);
});

// Attacks on the browser client, from the page that uses it.
import { expect } from "vitest";
import { test } from "./client-test.ts";
import { connect, watchCalls } from "./front-end.ts";

declare global {
  var settled: Promise<unknown>;
}

test.for(["../session", "../session?", "..\\session", "./../session#"])(
  "a provider named %j disconnects nothing and forgets nobody",
  async (name, { app, emulator }) => {
    await emulator.configure({ consent: "allow" });
    await connect(app, "bitbucket");
    const calls = watchCalls(app);
    await app.evaluate((provider) => attempt(() => latchkey.disconnect(provider as "jira")), name);
    const [bitbucket] = await app.evaluate(() => latchkey.connections());
    expect([bitbucket?.status, calls]).toEqual(["connected", ["GET /connections"]]);
  },
);

test.for(["../connections", "bitbucket/../bitbucket"])(
  "a token is asked for at no other address, whatever the provider is called: %j",
  async (name, { app }) => {
    const calls = watchCalls(app);
    await app.evaluate((provider) => attempt(() => latchkey.token(provider as "jira")), name);
    expect(calls).toEqual([]);
  },
);

test.for([
  { connect_url: "javascript:alert(1)" },
  { connect_url: { starts_with: 1 } },
  { connect_url: ["x"], detail: {} },
])("a provider's own problem comes back untouched: %j", async (extra, { app, emulator }) => {
  await emulator.configure({ consent: "allow" });
  await connect(app, "bitbucket");
  const body = JSON.stringify({ code: "reconnect_required", ...extra });
  await emulator.fault({
    path: "/repositories/a/b",
    status: 409,
    headers: { "content-type": "application/problem+json" },
    body,
  });
  const outcome = await app.evaluate(() =>
    attempt(() => latchkey.fetch("bitbucket", "/2.0/repositories/a/b")),
  );
  expect(outcome).toEqual({ status: 409, body });
});

test("an abandoned popup is abandoned also when it was not known what was connected before", async ({
  app,
  context,
  latchkey,
  emulator,
}) => {
  await emulator.configure({ consent: "allow" });
  await connect(app, "jira");
  await emulator.configure({ consent: "page" });
  let failures = 1;
  await context.route(`${latchkey.origin}/connections`, (route) =>
    failures-- > 0 ? route.abort() : route.fallback(),
  );
  const opened = context.waitForEvent("page");
  await app.evaluate(() => {
    const button = document.createElement("button");
    button.textContent = "Connect";
    button.addEventListener("click", () => {
      window.settled = attempt(() => window.latchkey.connect("jira", { popup: true }));
    });
    document.body.append(button);
  });
  await app.getByRole("button").click();
  await (await opened).close();
  await app.evaluate(() => void dispatchEvent(new Event("focus")));
  expect(await app.evaluate(() => settled)).toMatchObject({ outcome: "abandoned" });
});

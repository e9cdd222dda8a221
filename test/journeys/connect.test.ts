import { expect, test } from "vitest";
import { useFreshEmulator } from "./journey-emulator.ts";
import { openBrowser } from "./open-browser.ts";

useFreshEmulator();

test("a person connects both providers and a front-end reads a token of each", async () => {
  const browser = openBrowser();
  const end = await browser.connect("bitbucket");
  expect(end.href).toBe("https://auth.example.com/?provider=bitbucket&outcome=connected");
  await browser.connect("jira");

  const list = await browser.call("GET", "/connections");
  expect(await list.json()).toMatchObject({
    connections: [
      { provider: "bitbucket", status: "connected" },
      { provider: "jira", status: "connected" },
    ],
  });
  const token = await browser.call("GET", "/connections/jira/token");
  expect(await token.json()).toMatchObject({ token_type: "Bearer" });
});

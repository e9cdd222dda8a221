import { expect, test } from "vitest";
import { CONTROL_EVENT, findSecrets } from "../../scripts/find-secrets.ts";
import { logEvent } from "../../src/shared/log-event.ts";
import { defaultClients } from "../emulator/clients.ts";
import { emulator, useFreshEmulator } from "../journeys/journey-emulator.ts";
import { openBrowser } from "../journeys/open-browser.ts";
import { readToken } from "../journeys/read-token.ts";
import { SEALING_KEY_1, SEALING_KEY_2 } from "../worker-bindings.ts";

useFreshEmulator();

const CONTROLS = [`{"event":"${CONTROL_EVENT}"}`, '[wrangler] {"event":"connected"}'];

test("what the Worker logs inside workerd is part of what is searched", () => {
  // Found in the output by the search itself: without this line it fails the run.
  logEvent("info", CONTROL_EVENT);
  expect(findSecrets([...CONTROLS, "nothing else"])).toEqual([]);
});

test("output without the Worker's own lines proves nothing", () => {
  expect(findSecrets(["all quiet"])).toHaveLength(2);
});

test("every secret of the tests is found when it is printed", async () => {
  const browser = openBrowser();
  const authorization = await browser.start("jira");
  const callback = await browser.consent(authorization);
  const flowCookie = [...browser.cookies][0]?.join("=") ?? "";
  await browser.arrive(callback);
  const token = await readToken(browser, "jira");
  const [exchange] = await emulator.requests({ endpoint: "token" });
  const secrets = [
    defaultClients.bitbucket.secret,
    defaultClients.jira.secret,
    SEALING_KEY_1,
    SEALING_KEY_2,
    token,
    String(exchange?.body.code),
    flowCookie,
    [...browser.cookies][0]?.join("=") ?? "",
    authorization.search,
    callback,
  ];
  for (const secret of secrets) {
    expect(findSecrets([...CONTROLS, `…${secret}…`])).toHaveLength(1);
  }
});

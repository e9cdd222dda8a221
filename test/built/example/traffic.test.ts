import { expect } from "vitest";
import type { Page } from "playwright-core";
import type { LoggedRequest } from "../../emulator/emulator-protocol.ts";
import * as example from "./example-page.ts";
import { test } from "./example-test.ts";

interface Exchange {
  readonly url: string;
  /** Headers and body of the answer. */
  readonly text: string;
}

test("the page talks to Latchkey alone, and no token gets to it", async ({
  page,
  emulator,
  latchkey,
  example: { origin },
}) => {
  await example.connectBoth(page);
  const watched = watchExchanges(page);
  await example.openExample(page);
  await emulator.expireAccessTokens();
  for (const product of ["Bitbucket", "Jira"] as const) await example.readAgain(page, product);

  const exchanges = await Promise.all(watched);
  expect(new Set(exchanges.map(({ url }) => new URL(url).origin))).toEqual(
    new Set([origin, latchkey.origin]),
  );
  const stored = await page.evaluate(() =>
    [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie].join("\n"),
  );
  const received = [...exchanges, { url: "what the page keeps", text: stored }];
  expect(whereIs(received, ["Show when a build was last green"])).not.toEqual([]);

  // Two access tokens of each provider, and the refresh token between them.
  const tokens = tokensOf(await emulator.requests());
  expect(tokens.size).toBe(6);
  expect(whereIs(received, [...tokens])).toEqual([]);
});

function watchExchanges(page: Page): Promise<Exchange>[] {
  const exchanges: Promise<Exchange>[] = [];
  page.on("request", (request) => {
    const url = request.url();
    exchanges.push(
      request.response().then(async (response) => {
        const headers = JSON.stringify(await response?.allHeaders());
        return { url, text: `${url}\n${headers}\n${await response?.text()}` };
      }),
    );
  });
  return exchanges;
}

function tokensOf(requests: readonly LoggedRequest[]): Set<string> {
  return new Set(
    requests.flatMap(({ headers, body, grantType }) => {
      const access = /^Bearer (.*)/.exec(headers["authorization"] ?? "")?.[1];
      const refresh = grantType === "refresh_token" ? body["refresh_token"] : undefined;
      return [access, refresh].filter((token) => typeof token === "string");
    }),
  );
}

/** Where one of these texts occurs; tells only the address. */
function whereIs(received: readonly Exchange[], texts: readonly string[]): string[] {
  return received.flatMap(({ url, text }) =>
    texts.some((one) => text.includes(one)) ? [url] : [],
  );
}

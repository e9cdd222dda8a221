import { exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { expectDescribed } from "../openapi/expect-described.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";

test.each(["/health/", "/auth/jira/", "/auth/jira/callback/", "/Health", "//health", "/assets/"])(
  "a path that is not exactly ours is not found: %s",
  async (path) => {
    const request = new Request(PUBLIC_URL + path);
    const response = await expectDescribed(request, await exports.default.fetch(request));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "not_found" });
  },
);

import { exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { PUBLIC_URL } from "../worker-bindings.ts";

test.each(["/health/", "/auth/jira/", "/auth/jira/callback/", "/Health", "//health", "/assets/"])(
  "a path that is not exactly ours is not found: %s",
  async (path) => {
    const response = await exports.default.fetch(PUBLIC_URL + path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "not_found" });
  },
);

// The example of @hono/oidc-auth's README, answering JSON. Its settings come from the environment.
import { getAuth, oidcAuthMiddleware, processOAuthCallback } from "@hono/oidc-auth";
import { Hono } from "hono";

const app = new Hono();
app.get("/callback", (c) => processOAuthCallback(c));
app.use("*", oidcAuthMiddleware());
app.get("/", async (c) => {
  const auth = await getAuth(c);
  return c.json({ sub: auth?.sub, email: auth?.email });
});

export default app;

// The floor for anything that keeps tokens in KV: one read of a record of the same size, and the
// part of it answered that holds the token.
import { Hono } from "hono/tiny";

const app = new Hono<{ Bindings: { TOKENS: KVNamespace } }>();
app.get("/token", async (c) => {
  const options = { type: "json", cacheTtl: 30 } as const;
  const record = await c.env.TOKENS.get<{ access: string }>("connection", options);
  return record ? c.json({ access_token: record.access }) : c.notFound();
});
app.put("/token", async (c) => {
  await c.env.TOKENS.put("connection", await c.req.text());
  return c.body(null, 204);
});

export default app;

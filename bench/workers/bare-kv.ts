// The floor for anything that keeps tokens in KV: one read of a record of the same size, nothing else.
import { Hono } from "hono/tiny";

const app = new Hono<{ Bindings: { TOKENS: KVNamespace } }>();
app.get("/token", async (c) =>
  c.json(await c.env.TOKENS.get("connection", { type: "json", cacheTtl: 30 })),
);
app.put("/token", async (c) => {
  await c.env.TOKENS.put("connection", await c.req.text());
  return c.body(null, 204);
});

export default app;

// The floor for a proxy that keeps its tokens in KV: one read, then as the pass-through.
import { Hono } from "hono/tiny";
import { passOn } from "./pass-through.ts";

const app = new Hono<{ Bindings: { ACCESS_TOKEN: string; TOKENS: KVNamespace } }>();
app.put("/token", async (c) => {
  await c.env.TOKENS.put("connection", await c.req.text());
  return c.body(null, 204);
});
app.get("/api/jira/*", async (c) => {
  const options = { type: "json", cacheTtl: 30 } as const;
  const record = await c.env.TOKENS.get("connection", options);
  return record === null ? c.notFound() : passOn(c.req.path, c.env.ACCESS_TOKEN);
});

export default app;

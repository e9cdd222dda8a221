// The floor for anything that asks an owner's object each time: one call, one row of the same size.
import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono/tiny";

export class TokenKeeper extends DurableObject {
  readRecord(): unknown {
    return this.ctx.storage.kv.get("connection");
  }

  writeRecord(record: unknown): void {
    this.ctx.storage.kv.put("connection", record);
  }
}

type Bindings = { TOKEN_KEEPER: DurableObjectNamespace<TokenKeeper> };

const app = new Hono<{ Bindings: Bindings }>();
app.get("/token", async (c) =>
  c.json((await c.env.TOKEN_KEEPER.getByName("owner").readRecord()) as object),
);
app.put("/token", async (c) => {
  await c.env.TOKEN_KEEPER.getByName("owner").writeRecord(await c.req.json());
  return c.body(null, 204);
});

export default app;

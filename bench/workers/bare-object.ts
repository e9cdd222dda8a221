// The floor for anything that asks an owner's object each time: one call, one row of the same size.
import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono/tiny";

interface TokenRecord {
  readonly access: string;
  readonly refresh: string;
}

export class TokenKeeper extends DurableObject {
  readAccess(): string | undefined {
    return this.ctx.storage.kv.get<TokenRecord>("connection")?.access;
  }

  writeRecord(record: TokenRecord): void {
    this.ctx.storage.kv.put("connection", record);
  }
}

type Bindings = { TOKEN_KEEPER: DurableObjectNamespace<TokenKeeper> };

const app = new Hono<{ Bindings: Bindings }>();
app.get("/token", async (c) => {
  const access = await c.env.TOKEN_KEEPER.getByName("owner").readAccess();
  return access === undefined ? c.notFound() : c.json({ access_token: access });
});
app.put("/token", async (c) => {
  await c.env.TOKEN_KEEPER.getByName("owner").writeRecord(await c.req.json<TokenRecord>());
  return c.body(null, 204);
});

export default app;

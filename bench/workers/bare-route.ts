// The floor for anything written with Hono: a route that answers.
import { Hono } from "hono/tiny";

const app = new Hono();
app.get("/token", (c) => c.json({ access_token: "x".repeat(1500) }));

export default app;

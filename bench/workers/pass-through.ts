// The floor for anything that proxies: the path goes to Jira with a token that is always there.
import { Hono } from "hono/tiny";

const PREFIX = "/api/jira/";

export function passOn(path: string, accessToken: string): Promise<Response> {
  return fetch(`https://api.atlassian.com/ex/jira/${path.slice(PREFIX.length)}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
}

const app = new Hono<{ Bindings: { ACCESS_TOKEN: string } }>();
app.get(`${PREFIX}*`, (c) => passOn(c.req.path, c.env.ACCESS_TOKEN));

export default app;

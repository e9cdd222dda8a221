// The smallest app around the Twitch provider of @hono/oauth-providers: the library leads to the
// tokens and refreshes them, but keeps nothing, so the app does, in a signed cookie.
import { env } from "cloudflare:workers";
import { refreshToken, twitchAuth } from "@hono/oauth-providers/twitch";
import { Hono, type Context } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";

const { COOKIE_SECRET, TWITCH_ID, TWITCH_SECRET } = env as unknown as Record<
  "COOKIE_SECRET" | "TWITCH_ID" | "TWITCH_SECRET",
  string
>;

interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly expiresAt: number;
}

const app = new Hono();

app.get(
  "/twitch",
  twitchAuth({ client_id: TWITCH_ID, client_secret: TWITCH_SECRET, scope: ["user:read:email"] }),
  async (c) => {
    const [token, refresh] = [c.get("token"), c.get("refresh-token")];
    if (!token?.expires_in || !refresh) return c.text("Twitch gave no tokens", 502);
    await keepTokens(c, token.token, refresh.token, token.expires_in);
    return c.redirect("/");
  },
);

app.get("/token", async (c) => {
  const cookie = await getSignedCookie(c, COOKIE_SECRET, "tokens");
  if (!cookie) return c.text("sign in first", 401);
  const { access, refresh, expiresAt } = JSON.parse(cookie) as Tokens;
  if (Date.now() < expiresAt) return c.json({ access_token: access });
  const answered = await refreshToken(TWITCH_ID, TWITCH_SECRET, refresh);
  if ("error" in answered) return c.text(answered.error, 502);
  await keepTokens(c, answered.access_token, answered.refresh_token, answered.expires_in);
  return c.json({ access_token: answered.access_token });
});

async function keepTokens(
  c: Context,
  access: string,
  refresh: string,
  expiresInSeconds: number,
): Promise<void> {
  const kept: Tokens = { access, refresh, expiresAt: Date.now() + expiresInSeconds * 1_000 };
  await setSignedCookie(c, "tokens", JSON.stringify(kept), COOKIE_SECRET, {
    httpOnly: true,
    secure: true,
    sameSite: "Lax",
    path: "/",
  });
}

export default app;

// Auth.js with JWT cookie sessions and its guide's refresh token rotation
// (authjs.dev/guides/refresh-token-rotation, "JWT strategy").
import { Auth, type AuthConfig } from "@auth/core";
import Atlassian from "@auth/core/providers/atlassian";

interface Bindings {
  readonly AUTH_SECRET: string;
  readonly AUTH_ATLASSIAN_ID: string;
  readonly AUTH_ATLASSIAN_SECRET: string;
}

interface Tokens {
  readonly access_token: string;
  readonly expires_at: number;
  readonly refresh_token: string;
}

export default {
  fetch: (request, env) => Auth(request, config(env)),
} satisfies ExportedHandler<Bindings>;

function config(env: Bindings): AuthConfig {
  return {
    basePath: "/auth",
    trustHost: true,
    secret: env.AUTH_SECRET,
    providers: [
      Atlassian({
        clientId: env.AUTH_ATLASSIAN_ID,
        clientSecret: env.AUTH_ATLASSIAN_SECRET,
        authorization: {
          params: {
            audience: "api.atlassian.com",
            scope: "read:me read:jira-work read:jira-user offline_access",
            prompt: "consent",
          },
        },
      }),
    ],
    callbacks: {
      async jwt({ token, account }) {
        if (account) {
          const { access_token, expires_at, refresh_token } = account;
          return { ...token, access_token, expires_at, refresh_token };
        }
        const tokens = token as unknown as Tokens;
        if (Date.now() < tokens.expires_at * 1_000) return token;
        try {
          return { ...token, ...(await refresh(tokens.refresh_token, env)) };
        } catch {
          return { ...token, error: "RefreshTokenError" };
        }
      },
      session: ({ session, token }) =>
        Object.assign(session, { access_token: token["access_token"], error: token["error"] }),
    },
  };
}

async function refresh(refreshToken: string, env: Bindings): Promise<Tokens> {
  const response = await fetch("https://auth.atlassian.com/oauth/token", {
    method: "POST",
    body: new URLSearchParams({
      client_id: env.AUTH_ATLASSIAN_ID,
      client_secret: env.AUTH_ATLASSIAN_SECRET,
      grant_type: "refresh_token",
      refresh_token: refreshToken,
    }),
  });
  const answered = await response.json<{
    access_token: string;
    expires_in: number;
    refresh_token?: string;
  }>();
  if (!response.ok) throw answered;
  return {
    access_token: answered.access_token,
    expires_at: Math.floor(Date.now() / 1_000 + answered.expires_in),
    refresh_token: answered.refresh_token ?? refreshToken,
  };
}

/** The base URLs, named as Latchkey's configuration names them. */
export interface EmulatorUrls {
  readonly BITBUCKET_AUTH_URL: string;
  readonly BITBUCKET_API_URL: string;
  readonly ATLASSIAN_AUTH_URL: string;
  readonly ATLASSIAN_API_URL: string;
}

export function emulatorUrls(origin: string): EmulatorUrls {
  return {
    BITBUCKET_AUTH_URL: `${origin}/bitbucket`,
    BITBUCKET_API_URL: `${origin}/bitbucket-api`,
    ATLASSIAN_AUTH_URL: `${origin}/atlassian`,
    ATLASSIAN_API_URL: `${origin}/atlassian-api`,
  };
}

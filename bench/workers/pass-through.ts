// The floor for anything that proxies: the path goes to Jira with a token that is always there.
const PREFIX = "/api/jira/";

export default {
  fetch(request, env) {
    const path = new URL(request.url).pathname.slice(PREFIX.length);
    return fetch(`https://api.atlassian.com/ex/jira/${path}`, {
      headers: { authorization: `Bearer ${env.ACCESS_TOKEN}` },
    });
  },
} satisfies ExportedHandler<{ readonly ACCESS_TOKEN: string }>;

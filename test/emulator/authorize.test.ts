import { expect, test } from "vitest";
import { authorizationUrl, callbackOf } from "./connect-account.ts";
import type { Provider } from "./emulator-protocol.ts";
import { useEmulator } from "./use-emulator.ts";

const given = useEmulator();
const providers: Provider[] = ["bitbucket", "jira"];

function urlWith(provider: Provider, changes: Record<string, string | undefined>): string {
  return authorizationUrl(given.emulator, provider, changes);
}

test.each(providers)("%s shows a page that a person can answer", async (provider) => {
  const response = await fetch(urlWith(provider, {}));
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain("not the real service");
  expect(page).toContain(">Allow</button>");
  expect(page).toContain(">Refuse</button>");
  expect(page).toMatch(/<label><input type="radio"[^>]*value="bob">bob<\/label>/);
  expect(page.includes("<legend>Sites</legend>")).toBe(provider === "jira");
});

test.each(providers)("the buttons of %s redirect to the callback", async (provider) => {
  const url = urlWith(provider, { state: "a b+c&d=é" });
  const click = async (form: Record<string, string>) => {
    const body = new URLSearchParams(form);
    const response = await fetch(url, { method: "POST", body, redirect: "manual" });
    expect(response.status).toBe(302);
    return new URL(response.headers.get("location") ?? "").searchParams;
  };
  const allowed = await click({ decision: "allow", account: "bob", site: "acme" });
  expect(allowed.get("code")).toBeTruthy();
  expect(allowed.get("state")).toBe("a b+c&d=é");
  const refused = await click({ decision: "deny" });
  expect(refused.get("error")).toBe("access_denied");
  expect(refused.get("state")).toBe("a b+c&d=é");
  expect(refused.has("code")).toBe(false);
});

test("what a request puts into the page stays text", async () => {
  const { control } = given.emulator;
  await control.registerCallbacks("jira", ['http://localhost:8787/?"><script>1</script>']);
  await control.configure({ account: '"><script>2</script>' });
  const changes = { redirect_uri: 'http://localhost:8787/?"><script>1</script>' };
  const page = await (await fetch(urlWith("jira", changes))).text();
  expect(page).toContain("&#60;script&#62;1");
  expect(page).toContain("&#60;script&#62;2");
  expect(page).not.toContain("<script>");
});

test.each(providers)(
  "%s redirects at once when the URL or the settings decide",
  async (provider) => {
    const { control } = given.emulator;
    const told = await callbackOf(urlWith(provider, { emulator_account: "carol" }));
    expect(told.searchParams.has("code")).toBe(true);
    const error = await callbackOf(urlWith(provider, { emulator_decision: "error:server_error" }));
    expect(error.searchParams.get("error")).toBe("server_error");
    await control.configure({ consent: "deny", sendIss: "https://issuer.invalid" });
    const denied = await callbackOf(urlWith(provider, {}));
    expect(denied.searchParams.get("error")).toBe("access_denied");
    expect(denied.searchParams.get("iss")).toBe("https://issuer.invalid");
    await control.configure({ consent: "allow" });
    expect((await callbackOf(urlWith(provider, {}))).searchParams.has("code")).toBe(true);
  },
);

const always = { emulator_decision: "allow" };
test.each<[Provider, string, Record<string, string | undefined>]>([
  ["bitbucket", "another redirect URI", { redirect_uri: "http://localhost:8787/other" }],
  ["bitbucket", "127.0.0.1", { redirect_uri: "http://127.0.0.1:8787/auth/bitbucket/callback" }],
  ["bitbucket", "no redirect URI", { redirect_uri: undefined }],
  ["bitbucket", "an unknown client", { client_id: "someone" }],
  ["bitbucket", "another response type", { response_type: "token" }],
  [
    "jira",
    "a redirect URI with a slash more",
    { redirect_uri: "http://localhost:8787/auth/jira/" },
  ],
  ["jira", "no audience", { audience: undefined }],
  ["jira", "no prompt", { prompt: undefined }],
  ["jira", "no scope", { scope: undefined }],
  ["jira", "openid", { scope: "openid read:jira-work offline_access" }],
  ["jira", "a scope the app does not have", { scope: "read:me" }],
  ["jira", "a plain challenge", { code_challenge: "x", code_challenge_method: "plain" }],
])("%s shows its own page for %s", async (provider, _mistake, changes) => {
  const url = urlWith(provider, { ...always, ...changes });
  const response = await fetch(url, { redirect: "manual" });
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toContain("text/html");
  expect(response.headers.has("location")).toBe(false);
});

test("Atlassian takes %20 between scopes, not a plus", async () => {
  const url = urlWith("jira", always);
  expect((await fetch(url, { redirect: "manual" })).status).toBe(302);
  expect((await fetch(url.replaceAll("%20", "+"), { redirect: "manual" })).status).toBe(400);
});

test("an app that is not shared works for its owner only", async () => {
  await given.emulator.control.configure({ jiraSharing: false });
  const alice = await fetch(urlWith("jira", { emulator_account: "alice" }), { redirect: "manual" });
  const bob = await fetch(urlWith("jira", { emulator_account: "bob" }), { redirect: "manual" });
  expect([alice.status, bob.status]).toEqual([302, 400]);
});

test("tests can register other callbacks", async () => {
  await given.emulator.control.registerCallbacks("bitbucket", ["http://localhost:1/cb?fixed=1"]);
  const callback = await callbackOf(
    urlWith("bitbucket", { ...always, redirect_uri: "http://localhost:1/cb?fixed=1" }),
  );
  expect(callback.searchParams.get("fixed")).toBe("1");
  expect(callback.searchParams.has("code")).toBe(true);
});

import { SITES } from "./accounts.ts";
import type { AuthorizationRequest } from "./check-authorization-request.ts";
import { escapeHtml, providerPage } from "./provider-page.ts";

const LOGINS = ["alice", "bob", "nosites"];

/** Plain HTML that works without scripts; its form posts back to the URL it was loaded from. */
export function consentPage(
  { provider, clientId, redirectUri, scopes }: AuthorizationRequest,
  defaultLogin: string,
): string {
  const logins = LOGINS.includes(defaultLogin) ? LOGINS : [defaultLogin, ...LOGINS];
  const accounts = logins.map((login) =>
    choice({ type: "radio", name: "account", value: login, checked: login === defaultLogin }),
  );
  const sites = SITES.map(({ slug, name }, index) =>
    choice({ type: "checkbox", name: "site", value: slug, label: name, checked: index === 0 }),
  );
  const content = `<p>The app <code>${escapeHtml(clientId)}</code> asks for
<code>${escapeHtml(scopes.join(" "))}</code> and will get the answer at
<code>${escapeHtml(redirectUri)}</code>.</p>
<form method="post">
<fieldset><legend>Account</legend>${accounts.join("")}</fieldset>
${provider === "jira" ? `<fieldset><legend>Sites</legend>${sites.join("")}</fieldset>` : ""}
<div class="buttons">
<button class="primary" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Refuse</button>
</div>
</form>`;
  return providerPage(provider, "Grant access?", content);
}

interface Choice {
  readonly type: "radio" | "checkbox";
  readonly name: string;
  readonly value: string;
  readonly label?: string;
  readonly checked: boolean;
}

function choice({ type, name, value, label = value, checked }: Choice): string {
  const attributes = `type="${type}" name="${name}" value="${escapeHtml(value)}"`;
  return `<label><input ${attributes}${checked ? " checked" : ""}>${escapeHtml(label)}</label>`;
}

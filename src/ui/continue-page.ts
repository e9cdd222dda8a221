import { staticPage } from "./static-page.ts";

/**
 * Asks the person before a flow that another site wants to start. `href=""` repeats the very same
 * request, now sent by this page, so nothing of that request needs to be written here.
 */
export function continuePage(): string {
  return staticPage({
    title: "Do you want to connect an account?",
    content: `      <p>
        Another site sent you here to connect your Bitbucket or Jira account to this browser.
        Continue only if that is what you want.
      </p>
      <p>Nothing is connected yet: you will be asked for consent on the provider’s own page first.</p>
      <p class="actions">
        <a class="button primary" href="">Continue</a>
        <a class="button" href="/">Go to your connections instead</a>
      </p>`,
  });
}

import { escapeHtml } from "./escape-html.ts";
import { staticPage } from "./static-page.ts";

/** The texts of a problem page. All of them are our own constants, never a request's or a provider's. */
interface ProblemPageText {
  readonly title: string;
  /** One sentence: what happened. */
  readonly detail: string;
  /** One sentence: what the person can do. */
  readonly advice?: string;
}

const DEFAULT_ADVICE = "Go back to your connections and try again from there.";

/** The static page a browser navigation gets instead of `application/problem+json`. */
export function problemPage({ title, detail, advice = DEFAULT_ADVICE }: ProblemPageText): string {
  return staticPage({
    title,
    content: `      <p>${escapeHtml(detail)}</p>
      <p>${escapeHtml(advice)}</p>
      <p class="actions"><a class="button primary" href="/">Back to your connections</a></p>`,
  });
}

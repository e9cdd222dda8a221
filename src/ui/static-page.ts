import { escapeHtml } from "./escape-html.ts";

/**
 * A complete page without script. It must read well without its stylesheet too: a Worker that is
 * misconfigured answers 503 for that as well.
 *
 * @param title plain text, becomes title and heading
 * @param content HTML, written by us; nothing from a request may be in it
 */
export function staticPage({ title, content }: { title: string; content: string }): string {
  const heading = escapeHtml(title);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${heading} · Latchkey</title>
    <link rel="icon" href="/assets/icon.svg" />
    <link rel="stylesheet" href="/assets/connections-page.css" />
  </head>
  <body class="narrow">
    <header><p class="brand">Latchkey</p></header>
    <main>
      <h1>${heading}</h1>
${content}
    </main>
  </body>
</html>
`;
}

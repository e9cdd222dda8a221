import type { Provider } from "./emulator-protocol.ts";

const REAL_NAME = { bitbucket: "Bitbucket", jira: "Atlassian" };

/** `content` is HTML; whatever is text in it has to be escaped already. */
export function providerPage(provider: Provider, heading: string, content: string): string {
  const name = REAL_NAME[provider];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading} · ${name} emulator</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f1f2f4, #161a1d); color: light-dark(#172b4d, #dee4ea); }
.notice { margin: 0; padding: .6rem 1rem; text-align: center; font-weight: 600;
  background: light-dark(#fff3d6, #4a3200); color: light-dark(#533f04, #ffe8a8); }
main { max-width: 30rem; margin: 2rem auto; padding: 1.5rem; border-radius: .75rem;
  background: light-dark(#fff, #22272b); border: 1px solid light-dark(#d5d9e0, #3d474f); }
h1 { margin: 0 0 1rem; font-size: 1.3rem; }
fieldset { margin: 0 0 1rem; padding: .5rem 1rem 1rem; border-radius: .5rem;
  border: 1px solid light-dark(#8590a2, #738496); }
label { display: flex; gap: .6rem; align-items: center; padding: .3rem 0; }
input { width: 1.1rem; height: 1.1rem; }
code { overflow-wrap: anywhere; }
.buttons { display: flex; gap: .75rem; }
button { flex: 1; padding: .7rem; font: inherit; font-weight: 600; border-radius: .5rem;
  border: 1px solid light-dark(#44546f, #8c9bab); background: none; color: inherit; }
button.primary { background: #0c66e4; border-color: #0c66e4; color: #fff; }
:focus-visible { outline: 3px solid light-dark(#0c66e4, #85b8ff); outline-offset: 2px; }
</style>
</head>
<body>
<p class="notice" role="note">Local emulator of ${name} — not the real service</p>
<main>
<h1>${heading}</h1>
${content}
</main>
</body>
</html>
`;
}

/** For text and for quoted attribute values. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

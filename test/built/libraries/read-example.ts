import { readFile } from "node:fs/promises";

const PAGE = "docs/client-libraries.md";
const LATCHKEY_IN_DOCS = "https://auth.example.com";

/** The code under these headings of the documentation, for a Latchkey at this origin. */
export async function readExample(headings: readonly string[], origin: string): Promise<string> {
  const sections = (await readFile(PAGE, "utf8")).split(/^#+ /m);
  const blocks = headings.map((heading) => {
    const section = sections.find((text) => text.startsWith(`${heading}\n`));
    const code = section?.match(/^```js\n([^]*?)^```$/m)?.[1];
    if (code === undefined) throw new Error(`${PAGE} has no example under "${heading}"`);
    return code;
  });
  return blocks.join("\n").replaceAll(LATCHKEY_IN_DOCS, origin);
}

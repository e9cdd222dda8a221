/** The same UUID for the same text, in Node and in workerd. Not for secrets: it is a plain hash. */
export function deterministicUuid(text: string): string {
  const hex = [1, 2, 3, 4].map((seed) => fnv1a(`${seed}:${text}`)).join("");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join("-");
}

function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0;
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** What to do with a new pair. Names its id, never the key: this may be read by others. */
export function describeRotation(id: string): string {
  return `
A new pair for SEALING_KEYS, stored nowhere. As a deployment's first key it is the whole value.
To replace a key with it, take the present value from where you keep it (Cloudflare does not show
it again) and set it three times with \`npx wrangler secret put SEALING_KEYS\`:

  1. behind     <present value>,${id}:…    every version that runs can open what the new key seals
  2. in front   ${id}:…,<present value>    the new key seals from now on
  3. away       ${id}:…                    when \`npm run keys -- status\` says that the old one may go

Keep each value that you set, the last one at least: whoever has it can open what is sealed.
`;
}

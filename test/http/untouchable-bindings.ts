/** KV and object that throw at any use, and tell what was tried. */
export function untouchableBindings() {
  const touched: string[] = [];
  const untouchable = (binding: string) =>
    new Proxy(
      {},
      {
        get(_, name) {
          touched.push(`${binding}.${String(name)}`);
          throw new Error(`${binding} was touched`);
        },
      },
    );
  return {
    touched,
    bindings: { TOKENS: untouchable("TOKENS"), TOKEN_KEEPER: untouchable("TOKEN_KEEPER") },
  };
}

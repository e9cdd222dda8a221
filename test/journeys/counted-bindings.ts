import { env } from "cloudflare:workers";

interface Counted {
  readonly bindings: Pick<Env, "TOKENS" | "TOKEN_KEEPER">;
  readonly counts: { kvReads: number; objectCalls: number };
}

/** The real bindings, counting what is asked of them. */
export function countedBindings(): Counted {
  const counts = { kvReads: 0, objectCalls: 0 };
  const counting = <Binding extends object>(binding: Binding, count: (method: string) => void) =>
    new Proxy(binding, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          count(String(name));
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  return {
    counts,
    bindings: {
      TOKENS: counting(env.TOKENS, (method) => {
        if (method.startsWith("get")) counts.kvReads += 1;
      }),
      TOKEN_KEEPER: counting(env.TOKEN_KEEPER, () => {
        counts.objectCalls += 1;
      }),
    },
  };
}

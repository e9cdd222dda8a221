import type { Context } from "hono";
import type { Config } from "../config.ts";

/**
 * What Hono knows of this app: the bindings, and the configuration once it is checked. It is had by
 * `c.get`: `c.var` makes a new object of everything at each look.
 */
export interface AppTypes {
  Bindings: Env;
  Variables: { config: Config };
}

export type AppContext = Context<AppTypes>;

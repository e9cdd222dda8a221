import type { Context } from "hono";
import type { Config } from "../config.ts";

/** What Hono knows of this app: the bindings, and the configuration once it is checked. */
export interface AppTypes {
  Bindings: Env;
  Variables: { config: Config };
}

export type AppContext = Context<AppTypes>;

import { createApp } from "./http/app.ts";

export { TokenKeeper } from "./tokens/token-keeper.ts";

let app: ReturnType<typeof createApp> | undefined;

export default {
  fetch(request, env, ctx) {
    // Built by the first request: work at module scope counts against the Worker's start-up.
    app ??= createApp();
    return app.fetch(request, env, ctx);
  },
} satisfies ExportedHandler<Env>;

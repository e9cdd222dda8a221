// The floor for a proxy that keeps its tokens in KV: one read, then as the pass-through.
import passThrough from "./pass-through.ts";

interface Bindings {
  readonly ACCESS_TOKEN: string;
  readonly TOKENS: KVNamespace;
}

export default {
  async fetch(request, env) {
    if (request.method === "PUT") {
      await env.TOKENS.put("connection", await request.text());
      return new Response(null, { status: 204 });
    }
    const record = await env.TOKENS.get("connection", { type: "json", cacheTtl: 30 });
    if (record === null) return new Response(null, { status: 404 });
    return passThrough.fetch(request, env);
  },
} satisfies ExportedHandler<Bindings>;

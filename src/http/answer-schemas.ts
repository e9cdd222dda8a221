// What the bodies of Latchkey's own answers look like (JSON Schema 2020-12): the API's description
// says it to others, the types that are derived from it hold the handlers to it.
import type { FromSchema, JSONSchema } from "json-schema-to-ts";
import { PROVIDER_IDS } from "../providers/provider.ts";
import { type ProblemCode, PROBLEMS } from "./problems.ts";

/** A value of a schema. */
export type Body<Schema> = Schema extends JSONSchema ? Frozen<FromSchema<Schema>> : never;

type Frozen<T> = { readonly [Key in keyof T]: Frozen<T[Key]> };

const TEXT = { type: "string" } as const;
const URI = { type: "string", format: "uri" } as const;
const TIME = { type: "string", format: "date-time" } as const;
const TEXTS = { type: "array", items: TEXT } as const;

export const PROVIDER = { enum: PROVIDER_IDS } as const;

const SITE = fields({ id: TEXT, name: TEXT, url: TEXT });

const base = { provider: PROVIDER, manage_url: URI };
const connectable = { ...base, connect_url: URI };
const connected = {
  ...connectable,
  account: { ...fields({ id: TEXT }), type: ["object", "null"] },
  scopes: TEXTS,
  connected_at: TIME,
} as const;

const sites = { sites: { type: ["array", "null"], items: SITE } } as const;

const CONNECTION = {
  oneOf: [
    fields(
      {
        ...connected,
        status: { const: "connected" },
        expires_at: TIME,
        reconnect_by: { ...TIME, type: ["string", "null"] },
      },
      sites,
    ),
    fields(
      {
        ...connected,
        status: { const: "reconnect_required" },
        reason: { enum: ["grant_expired_or_revoked", "sealing_key_removed"] },
      },
      sites,
    ),
    fields({ ...connectable, status: { const: "not_connected" } }),
    fields({ ...base, status: { const: "not_configured" } }),
  ],
} as const;

export const SCHEMAS = {
  Problem: fields(
    {
      title: TEXT,
      status: { type: "integer" },
      code: { enum: Object.keys(PROBLEMS) as ProblemCode[] },
      detail: TEXT,
    },
    { connect_url: URI, problems: TEXTS },
  ),
  Site: SITE,
  Connection: CONNECTION,
  Connections: fields({ connections: { type: "array", items: CONNECTION } }),
  Token: fields({
    access_token: TEXT,
    token_type: { const: "Bearer" },
    expires_at: TIME,
    expires_in: { type: "integer", description: "Seconds" },
    scopes: TEXTS,
  }),
  Disconnected: fields({
    provider: PROVIDER,
    local: { const: "deleted" },
    remote: { const: "not_supported" },
    manage_url: URI,
  }),
  Erased: fields({
    object: { const: "deleted" },
    kv: { enum: ["deleted", "pending"] },
    cookies: { const: "cleared" },
    connections: { type: "array", items: PROVIDER },
  }),
  Health: fields({ status: { const: "ok" } }),
} as const;

/** What a caller sends whose token the provider rejected: the token's SHA-256, in base64url. */
export const REFRESH_REQUEST = {
  type: "object",
  properties: { rejected: { type: "string", pattern: "^[A-Za-z0-9_-]{43}$" } },
  required: ["rejected"],
} as const;

export type Problem = Body<typeof SCHEMAS.Problem>;
export type Connection = Body<typeof SCHEMAS.Connection>;
export type Connections = Body<typeof SCHEMAS.Connections>;
export type Token = Body<typeof SCHEMAS.Token>;
export type Disconnected = Body<typeof SCHEMAS.Disconnected>;
export type Health = Body<typeof SCHEMAS.Health>;
export type Erased = Body<typeof SCHEMAS.Erased>;

/** An object with these fields and no other. */
function fields<
  const Required extends Readonly<Record<string, JSONSchema>>,
  const Optional extends Readonly<Record<string, JSONSchema>> = {},
>(required: Required, optional?: Optional) {
  return {
    type: "object",
    properties: { ...required, ...(optional as Optional) },
    required: Object.keys(required) as (keyof Required & string)[],
    additionalProperties: false,
  } as const;
}

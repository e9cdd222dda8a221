// What makes the fake provider an OpenID issuer (OpenID Connect Core 1.0, Discovery 1.0).
import { generateKeyPairSync, sign } from "node:crypto";

export const ISSUER = "https://id.example.com";
const KEY_ID = "bench";
const LIFETIME_SECONDS = 3_600;

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

/** What is published, by path. */
export const OPENID_DOCUMENTS: ReadonlyMap<string, object> = new Map([
  [
    "/.well-known/openid-configuration",
    {
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/authorize`,
      token_endpoint: `${ISSUER}/oauth2/token`,
      jwks_uri: `${ISSUER}/jwks`,
      scopes_supported: ["openid", "email", "offline_access"],
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
    },
  ],
  ["/jwks", { keys: [{ ...publicKey.export({ format: "jwk" }), kid: KEY_ID, alg: "ES256" }] }],
]);

export interface IdTokenFor {
  readonly subject: string;
  readonly email: string;
  readonly clientId: string;
  readonly nonce: string;
}

/** A signed ID token. */
export function idToken({ subject, email, clientId, nonce }: IdTokenFor): string {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: ISSUER,
    sub: subject,
    aud: clientId,
    nonce,
    email,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
  };
  const signed = `${encode({ alg: "ES256", kid: KEY_ID, typ: "JWT" })}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(signed), {
    key: privateKey,
    dsaEncoding: "ieee-p1363",
  });
  return `${signed}.${signature.toString("base64url")}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

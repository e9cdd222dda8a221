/** A key id as the Worker takes it (`src/vault/keyring.ts`). */
export const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

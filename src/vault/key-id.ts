/** What names a master key. */
export const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

import { expect, test } from "vitest";
import { sha256 } from "../../src/shared/sha256.ts";

test.each([
  ["", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"],
  ["abc", "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"],
  // RFC 7636 appendix B.
  ["dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"],
])("the SHA-256 of %j", async (text, digest) => {
  expect(await sha256(text)).toBe(digest);
});

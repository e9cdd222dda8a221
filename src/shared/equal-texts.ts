/**
 * Whether two texts are the same, in a time that tells nothing about either.
 * Both sides are hashed first: `timingSafeEqual` throws on unequal lengths.
 */
export async function equalTexts(left: string, right: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const [a, b] = await Promise.all([
    crypto.subtle.digest("SHA-256", encoder.encode(left)),
    crypto.subtle.digest("SHA-256", encoder.encode(right)),
  ]);
  return crypto.subtle.timingSafeEqual(a, b);
}

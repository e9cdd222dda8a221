import type { ApiDescription } from "../openapi/api-description.ts";

const descriptions = new Map<string, ApiDescription>();

/**
 * The `/openapi.json` of the Latchkey that listens at this origin, read once; `undefined` when its
 * configuration closes that route like every other.
 */
export async function readDescription(origin: string): Promise<ApiDescription | undefined> {
  const known = descriptions.get(origin);
  if (known) return known;
  const response = await fetch(`${origin}/openapi.json`);
  if (response.status === 503) return undefined;
  const description = (await response.json()) as ApiDescription;
  descriptions.set(origin, description);
  return description;
}

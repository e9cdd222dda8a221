import { expect } from "vitest";
import { describeApi } from "../../src/http/describe-api.ts";
import { ROUTES } from "../../src/http/routes.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";
import type { ApiDescription } from "./api-description.ts";
import { findDifferences } from "./find-differences.ts";

export const API_DESCRIPTION = JSON.parse(describeApi(ROUTES, PUBLIC_URL)) as ApiDescription;

/** The answer as it is. The test fails when `/openapi.json` does not describe it, whatever catches. */
export async function expectDescribed(request: Request, response: Response): Promise<Response> {
  const differences = await findDifferences(API_DESCRIPTION, request, response);
  expect.soft(differences).toStrictEqual([]);
  return response;
}

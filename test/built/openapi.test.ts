import { Validator } from "@seriousme/openapi-schema-validator";
import { expect } from "vitest";
import { test } from "./browser-test.ts";

const BREAKS: readonly (readonly [what: string, broken: RegExp, by: string])[] = [
  ["an answer without a description", /"description":/, '"x-description":'],
  ["a parameter that is nowhere", /"in":"path"/, '"in":"body"'],
  ["a schema that is none", /"schema":\{[^}]*\}/, '"schema":"string"'],
];

test("the description is OpenAPI 3.1", async ({ latchkey }) => {
  const text = await (await fetch(`${latchkey.origin}/openapi.json`)).text();
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(text))).toStrictEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  // Every reference can be followed.
  expect(JSON.stringify(validator.resolveRefs())).not.toContain('"$ref"');
});

test.for(BREAKS)("%s would be noticed", async ([, broken, by], { latchkey }) => {
  const text = await (await fetch(`${latchkey.origin}/openapi.json`)).text();
  const { paths, ...rest } = JSON.parse(text) as { paths: object };
  const changed: unknown = JSON.parse(JSON.stringify(paths).replace(broken, by));
  const { valid } = await new Validator().validate({ ...rest, paths: changed });
  expect(valid).toBe(false);
});

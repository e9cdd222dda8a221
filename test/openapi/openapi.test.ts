import { expect, test } from "vitest";
import { SCHEMAS } from "../../src/http/answer-schemas.ts";
import { PROBLEMS } from "../../src/http/problems.ts";
import { ROUTES } from "../../src/http/routes.ts";
import { callWorker } from "../http/call-worker.ts";
import { PUBLIC_URL } from "../worker-bindings.ts";
import { API_DESCRIPTION } from "./expect-described.ts";

const TEXT = JSON.stringify(API_DESCRIPTION);
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Every value in the document under this name. */
function valuesOf(name: string): unknown[] {
  const found: unknown[] = [];
  JSON.parse(TEXT, (key, value: unknown) => {
    if (key === name) found.push(value);
    return value;
  });
  return found;
}

test("it is served for anybody's tools, and names the deployment", async () => {
  const bindings = { PUBLIC_URL: "https://other.example.com" };
  const [response, other] = await Promise.all([
    callWorker("/openapi.json"),
    callWorker("/openapi.json", { bindings }),
  ]);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "access-control-allow-origin": "*",
    "cache-control": "public, max-age=300",
    "content-type": "application/json",
  });
  expect(await response.text()).toBe(TEXT);
  expect(await other.json()).toMatchObject({ servers: [{ url: bindings.PUBLIC_URL }] });
  expect(API_DESCRIPTION).toMatchObject({ openapi: "3.1.1", servers: [{ url: PUBLIC_URL }] });
});

test("it describes every method of every route, and nothing else", () => {
  const routes = Object.entries(ROUTES).flatMap(([pattern, operations]) =>
    Object.keys(operations).map((method) => {
      const path = pattern.replace(":provider", "{provider}").replace("*", "{path}");
      return `${method} ${path}`;
    }),
  );
  const described = Object.entries(API_DESCRIPTION.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.toSorted()).toStrictEqual(routes.toSorted());
});

test("its parameters are those of its paths", () => {
  for (const [path, { parameters }] of Object.entries(API_DESCRIPTION.paths)) {
    const named = (parameters as unknown as readonly { in: string; name: string }[])
      .filter((parameter) => parameter.in === "path")
      .map(({ name }) => `{${name}}`);
    expect(named).toStrictEqual(path.match(/{\w+}/g) ?? []);
  }
});

test("every reference leads to a schema, and every schema is referred to", () => {
  const known = Object.keys(SCHEMAS).map((name) => `#/components/schemas/${name}`);
  expect(new Set(valuesOf("$ref"))).toStrictEqual(new Set(known));
});

test("what its schemas do not name is not there", () => {
  const objects: unknown[] = [];
  JSON.parse(JSON.stringify(API_DESCRIPTION.components), (_, value: unknown) => {
    if (value instanceof Object && "properties" in value) objects.push(value);
    return value;
  });
  expect(objects.length).toBeGreaterThan(10);
  for (const schema of objects) expect(schema).toMatchObject({ additionalProperties: false });
});

test("every problem that there is can be found in it, with its text", () => {
  const listed = new Set(valuesOf("enum").flat());
  // It is what any path answers to a method that it does not take.
  const { method_not_allowed: _, ...listedWithText } = PROBLEMS;
  for (const [code, { detail }] of Object.entries(listedWithText)) {
    expect(listed).toContain(code);
    expect(TEXT).toContain(`\`${code}\`: ${detail}`);
  }
});

test("it gives the session's cookie and the header to what front-ends call, and to nothing else", () => {
  for (const [path, item] of Object.entries(API_DESCRIPTION.paths)) {
    const isForFrontEnds = /^\/(connections|session|api)\b/.test(path);
    const header = { name: "X-Latchkey", in: "header", required: true, schema: { const: "1" } };
    expect(JSON.stringify(item["parameters"]).includes(JSON.stringify(header))).toBe(
      isForFrontEnds,
    );
    for (const { security } of METHODS.flatMap((method) => item[method] ?? [])) {
      expect(security).toStrictEqual(isForFrontEnds ? [{ session: [] }] : []);
    }
  }
});

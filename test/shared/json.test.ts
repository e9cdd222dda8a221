import { expect, test } from "vitest";
import { parseJson, parseJsonObject } from "../../src/shared/json.ts";

test("a JSON object is one", () => {
  expect(parseJsonObject('{"a":[1]}')).toStrictEqual({ a: [1] });
});

test.each(["", "null", "[]", "1", '"{}"', "true", "{", "{}{}", "<html>", "undefined"])(
  "%j is no JSON object, and no error",
  (text) => {
    expect(parseJsonObject(text)).toBeUndefined();
  },
);

test("a __proto__ in JSON is a field like any other", () => {
  const value = parseJsonObject('{"__proto__":{"error":"x"}}');
  expect(Object.hasOwn(value ?? {}, "error")).toBe(false);
  expect(({} as Record<string, unknown>)["error"]).toBeUndefined();
});

test("any JSON value can be had, and text that is none is undefined", () => {
  expect(parseJson("[1]")).toStrictEqual([1]);
  expect(parseJson("null")).toBeNull();
  expect(parseJson("nope")).toBeUndefined();
});

import { expect, test } from "vitest";
import { readCookies } from "../../src/http/read-cookies.ts";

const read = (header: string | undefined) => Object.fromEntries(readCookies(header));

test.each<[what: string, header: string | undefined, cookies: Record<string, string>]>([
  ["no header", undefined, {}],
  ["an empty one", "", {}],
  ["one cookie", "a=1", { a: "1" }],
  ["several", "a=1; b=2; c=3", { a: "1", b: "2", c: "3" }],
  ["without spaces between", "a=1;b=2", { a: "1", b: "2" }],
  ["spaces and tabs around", " a \t=\t 1 ;\tb = 2 ", { a: "1", b: "2" }],
  ["an equals sign in a value", "a=1=2==", { a: "1=2==" }],
  ["an empty value", "a=", { a: "" }],
  ["quotes, which are part of a value", 'a="1"', { a: '"1"' }],
  ["percent forms, which are not decoded", "a=%31", { a: "%31" }],
  ["something without a name", "=1; b=2", { "": "1", b: "2" }],
  ["something without an equals sign", "a; b=2", { b: "2" }],
  ["names in another case", "A=1; a=2", { A: "1", a: "2" }],
  ["a name of Object’s own", "constructor=2; toString=3", { constructor: "2", toString: "3" }],
  ["stray semicolons", ";; a=1;;", { a: "1" }],
])("%s", (_, header, cookies) => {
  expect(read(header)).toStrictEqual(cookies);
});

test("of two cookies with one name neither counts, nor of three", () => {
  expect(read("a=1; a=2")).toStrictEqual({});
  expect(read("a=1; b=2; a=1")).toStrictEqual({ b: "2" });
  expect(read("a=1; a=2; a=3")).toStrictEqual({});
  expect(read("a=1; \ta =2")).toStrictEqual({});
});

test.each(["\u00a0", "\u2003", "\ufeff", "\u3000", "\u0085", "\v", "\f"])(
  "%j is no space: a name that it stands in is another name",
  (space) => {
    expect([...readCookies(`${space}a=1`).keys()]).toStrictEqual([`${space}a`]);
    expect([...readCookies(`a${space}=1`).keys()]).toStrictEqual([`a${space}`]);
    expect(readCookies(`a=1${space}`).get("a")).toBe(`1${space}`);
    // So it does not make the true cookie a repeated one either.
    expect(readCookies(`a=true; ${space}a=planted`).get("a")).toBe("true");
  },
);

test("a megabyte of blanks is read in one pass", () => {
  // With a regular expression for the end this takes hours.
  const blanks = " ".repeat(1_000_000);
  expect(readCookies(`a=1${blanks}2; b=${blanks}`).get("a")).toBe(`1${blanks}2`);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PROBLEMS } from "../../src/http/problems.ts";

test("the page for front-ends tells of every problem, with its status", () => {
  const page = readFileSync("docs/front-ends.md", "utf8");
  const rows = page.matchAll(/^\| (`\w+`(?:, `\w+`)*) +\| (\d*) *\|/gm);
  const told = [...rows].flatMap(([, codes = "", status = ""]) =>
    codes.split(", ").map((code) => [code.replaceAll("`", ""), status]),
  );
  // Those without a status are the client's own.
  const answered = Object.fromEntries(told.filter(([, status]) => status !== ""));
  const problems = Object.entries(PROBLEMS).map(([code, { status }]) => [code, String(status)]);
  expect(answered).toEqual(Object.fromEntries(problems));
});

import { expect, test } from "vitest";
import { continuePage } from "../../src/ui/continue-page.ts";

test("the continue page repeats the very same request, only when the person follows the link", () => {
  const page = continuePage();
  expect(page).toContain('href=""');
  expect(page).toContain("Another site sent you here");
  expect(page).not.toMatch(/<script|http-equiv|<base|<form|\son\w+=/i);
});

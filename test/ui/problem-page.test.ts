import { expect, test } from "vitest";
import { problemPage } from "../../src/ui/problem-page.ts";

test("a problem page says what happened, what to do, and leads back", () => {
  const page = problemPage({ title: "Not found", detail: "There is no such page." });
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(page).toContain("<title>Not found · Latchkey</title>");
  expect(page).toContain("<h1>Not found</h1>");
  expect(page).toContain("<p>There is no such page.</p>");
  expect(page).toContain("try again from there");
  expect(page).toContain('href="/"');
});

test("its advice can be another one", () => {
  const advice = "Wait a minute.";
  const page = problemPage({ title: "Too often", detail: "Too many attempts.", advice });
  expect(page).toContain("<p>Wait a minute.</p>");
  expect(page).not.toContain("try again from there");
});

test("text is never markup", () => {
  const text = `<img src=x onerror="alert('1')">&`;
  const page = problemPage({ title: text, detail: text, advice: text });
  expect(page).not.toContain("<img");
  expect(
    page.match(/&lt;img src=x onerror=&quot;alert\(&#39;1&#39;\)&quot;&gt;&amp;/g),
  ).toHaveLength(4);
});

test("it has no script and no inline style, which the content security policy would stop", () => {
  const page = problemPage({ title: "Not found", detail: "There is no such page." });
  expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=|<form|<img/i);
});

import { expect, test } from "vitest";
import { responseHeaders } from "../../src/proxy/response-headers.ts";

const passed = (headers: HeadersInit) =>
  new Headers(responseHeaders(new Headers(headers), (to) => to));

const POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

test("an answer without any header is bytes to keep, and nothing to run", () => {
  expect(Object.fromEntries(passed({}))).toStrictEqual({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
    "content-security-policy": POLICY,
  });
});

test.each([
  "application/json",
  "application/json; charset=utf-8",
  "APPLICATION/JSON",
  "application/vnd.api+json",
  "application/vnd.github.v3+json;q=1",
])("JSON is no attachment: %s", (type) => {
  const headers = passed({ "Content-Type": type });
  expect(headers.get("Content-Type")).toBe(type);
  expect(headers.get("Content-Disposition")).toBeNull();
});

test.each(["application/problem+json", "Application/Problem+JSON; charset=utf-8"])(
  "a problem is Latchkey's alone: %s is JSON",
  (type) => {
    expect(passed({ "Content-Type": type }).get("Content-Type")).toMatch(/^application\/json(;|$)/);
  },
);

test("nor does a type pass that begins like a problem's", () => {
  const headers = passed({ "Content-Type": "application/problem+json5" });
  expect(headers.get("Content-Type")).not.toMatch(/^application\/problem/);
});

test.each([
  "text/html",
  "text/html; charset=utf-8",
  "image/svg+xml",
  "application/xhtml+xml",
  "text/plain",
  "application/pdf",
  'multipart/mixed; boundary="a,b"',
  "application/jsonp",
  "application/json5",
  "text/json",
])("%s is an attachment", (type) => {
  const headers = passed({ "Content-Type": type, "Content-Disposition": "inline" });
  expect(headers.get("Content-Type")).toBe(type);
  expect(headers.get("Content-Disposition")).toBe("attachment");
  expect(headers.get("Content-Security-Policy")).toBe(POLICY);
});

test.each([
  "application/json, text/html",
  "text/html, application/json",
  "application/json,",
  "json",
  "*/*;;",
  "/",
  "",
  'application/json; a="b',
])("what is no media type, or two, is bytes: %s", (type) => {
  const headers = passed({ "Content-Type": type });
  expect(headers.get("Content-Type")).toBe("application/octet-stream");
  expect(headers.get("Content-Disposition")).toBe("attachment");
});

test("a Location that may not be passed on is left out", () => {
  const headers = new Headers({ Location: "javascript:alert(1)" });
  expect(responseHeaders(headers, () => null)).not.toHaveProperty("location");
  expect(passed({ Location: "https://a.example/" }).get("Location")).toBe("https://a.example/");
});

// Read back and forth, a million spaces would keep the Worker for an hour.
test.each(["text/html%x", "text/html;%x", "text/html;a=b%;x", "text/html;a=%"])(
  "a long media type is read in one go: %s",
  (type) => {
    const long = type.replace("%", " ".repeat(1_000_000));
    expect(passed({ "Content-Type": long }).get("Content-Type")).toBe("application/octet-stream");
  },
);

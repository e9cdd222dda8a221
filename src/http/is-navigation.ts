import type { HonoRequest } from "hono";

/** Whether a browser navigates here (Fetch Metadata), so that a person will see the answer. */
export function isNavigation(request: HonoRequest): boolean {
  const mode = request.header("Sec-Fetch-Mode");
  if (mode !== undefined) return mode === "navigate";
  return request.header("Accept")?.includes("text/html") ?? false;
}

/** Whether it is something else for certain: a `fetch`, a subresource, or a prefetch. */
export function isCertainlyNoNavigation(request: HonoRequest): boolean {
  const mode = request.header("Sec-Fetch-Mode");
  const purpose = `${request.header("Sec-Purpose") ?? ""} ${request.header("Purpose") ?? ""}`;
  return (mode !== undefined && mode !== "navigate") || purpose.includes("prefetch");
}

import type { HonoRequest } from "hono";

/** Whether a browser navigates here (Fetch Metadata), so that a person will see the answer. */
export function isNavigation(request: HonoRequest): boolean {
  const mode = request.header("Sec-Fetch-Mode");
  if (mode !== undefined) return mode === "navigate";
  return request.header("Accept")?.includes("text/html") ?? false;
}

/** Whether it is for certain no page that a person opens: a `fetch`, an image, a frame, a prefetch. */
export function isCertainlyNoNavigation(request: HonoRequest): boolean {
  const mode = request.header("Sec-Fetch-Mode") ?? "navigate";
  const destination = request.header("Sec-Fetch-Dest") ?? "document";
  const purpose = `${request.header("Sec-Purpose") ?? ""} ${request.header("Purpose") ?? ""}`;
  return mode !== "navigate" || destination !== "document" || purpose.includes("prefetch");
}

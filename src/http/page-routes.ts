import script from "../../dist/ui/connections-page.txt";
import style from "../ui/connections-page.css";
import icon from "../ui/icon.svg";
import page from "../ui/connections-page.html";
import type { AppContext } from "./app-types.ts";

/** `GET /`: the connections page, with its style and its script beside it. */
export function pageRoute(c: AppContext): Response {
  return c.body(page, 200, { "Content-Type": "text/html; charset=utf-8" });
}

export function styleRoute(c: AppContext): Response {
  return c.body(style, 200, { "Content-Type": "text/css; charset=utf-8" });
}

export function scriptRoute(c: AppContext): Response {
  return c.body(script, 200, { "Content-Type": "text/javascript; charset=utf-8" });
}

export function iconRoute(c: AppContext): Response {
  return c.body(icon, 200, { "Content-Type": "image/svg+xml" });
}

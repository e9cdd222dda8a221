import { apiCors, proxyCors } from "./cors.ts";

/** What front-ends call, each with all below it, and its CORS headers. The gate stands before all of it. */
export const FRONT_END_PATHS = {
  "/connections": apiCors,
  "/session": apiCors,
  "/api": proxyCors,
} as const;

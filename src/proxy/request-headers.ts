/**
 * What of a request's headers goes to the provider. Never cookies, an `Authorization` of the
 * caller's, `Origin`, `Referer`, or what tells where it came from. The length goes with the body.
 */
export const REQUEST_HEADERS = [
  "Accept",
  "Accept-Encoding",
  "Accept-Language",
  "Content-Language",
  "Content-Type",
  "If-Match",
  "If-Modified-Since",
  "If-None-Match",
  "If-Range",
  "If-Unmodified-Since",
  "Range",
  "X-Atlassian-Token",
  "X-ExperimentalApi",
] as const;

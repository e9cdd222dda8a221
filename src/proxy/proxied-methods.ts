/** What the proxy passes on; HEAD goes where GET does. */
export const PROXIED_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

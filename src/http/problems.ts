interface ProblemText {
  readonly status: 400 | 401 | 403 | 404 | 405 | 429 | 502 | 503;
  readonly title: string;
  readonly detail: string;
  /** What a person can do who meets it as a page. */
  readonly advice?: string;
}

/** Every problem there is: its code is stable, its texts are constants. */
export const PROBLEMS = {
  misconfigured: {
    status: 503,
    title: "Not set up yet",
    detail: "This deployment's configuration is incomplete or malformed.",
    advice: "Its operator finds every problem in the Worker's log.",
  },
  not_found: { status: 404, title: "Not found", detail: "There is nothing at this address." },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    detail: "This address does not take that method.",
  },
  unknown_provider: {
    status: 404,
    title: "Unknown provider",
    detail: "Latchkey connects to Bitbucket and Jira, and to no other provider.",
  },
  provider_not_configured: {
    status: 404,
    title: "Provider not configured",
    detail: "This deployment has no credentials for that provider.",
    advice: "Its operator can add them.",
  },
  invalid_return_to: {
    status: 400,
    title: "Invalid return address",
    detail: "The page that sent you here named an address to return to that is not allowed.",
  },
  navigation_required: {
    status: 403,
    title: "Navigation required",
    detail: "This address is for a browser to navigate to, not for fetch or prefetch.",
  },
  invalid_flow: {
    status: 400,
    title: "This connection attempt cannot be completed",
    detail:
      "It has expired, was already used, or was not started in this browser. Nothing was changed.",
    advice: "Go back to your connections and connect again.",
  },
  rate_limited: {
    status: 429,
    title: "Too many attempts",
    detail: "There were too many attempts from your address.",
    advice: "Wait a minute, then try again.",
  },
  origin_not_allowed: {
    status: 403,
    title: "Origin not allowed",
    detail: "This origin is not listed in APP_ORIGINS.",
  },
  cross_site_front_end: {
    status: 403,
    title: "Cross-site front-end",
    detail:
      "Browsers send no session cookie from another site: serve the front-end from the same site.",
  },
  csrf_header_missing: {
    status: 403,
    title: "Header missing",
    detail: "Every call needs the header X-Latchkey: 1.",
    advice: "This address is for an app’s scripts: it does not open in a browser.",
  },
  not_connected: {
    status: 401,
    title: "Not connected",
    detail: "There is no such connection for this caller.",
  },
  reconnect_required: {
    status: 401,
    title: "Reconnect required",
    detail: "The grant is dead: only a new consent revives it.",
  },
  provider_unavailable: {
    status: 503,
    title: "Provider unavailable",
    detail: "The provider is down or slow. The connection is kept.",
  },
  provider_misconfigured: {
    status: 502,
    title: "Provider misconfigured",
    detail: "The provider refuses this deployment's client credentials. The connection is kept.",
  },
  token_endpoint_disabled: {
    status: 403,
    title: "Token endpoint disabled",
    detail: "This deployment hands out no tokens.",
  },
  unknown_site: {
    status: 404,
    title: "Unknown site",
    detail: "This connection does not reach a Jira site with that id.",
  },
  invalid_path: {
    status: 400,
    title: "Invalid path",
    detail: "The path has segments that are empty or dots, or characters that could mislead.",
  },
  invalid_request: {
    status: 400,
    title: "Invalid request",
    detail: "The request's body or a parameter is not what is documented.",
  },
  temporarily_unavailable: {
    status: 503,
    title: "Temporarily unavailable",
    detail: "Something failed on our side. Nothing was lost; try again.",
    advice: "Try again in a moment.",
  },
} as const satisfies Record<string, ProblemText>;

export type ProblemCode = keyof typeof PROBLEMS;

// Compares answers with the API's description, on any runtime.
import { Validator } from "@cfworker/json-schema";
import type {
  ApiDescription,
  DescribedAnswer,
  DescribedOperation,
  PathItem,
} from "./api-description.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const PROBLEM = "application/problem+json";
const GATE = ["origin_not_allowed", "cross_site_front_end", "csrf_header_missing"];

/**
 * In what an answer differs from its description; in nothing when all is well. It reads bodies that
 * have a schema, from a copy, and no others.
 */
export async function findDifferences(
  description: ApiDescription,
  request: Request,
  response: Response,
): Promise<string[]> {
  const path = decodedPath(request.url);
  const item = findPath(description, path);
  const operation = item && operationOf(item, path, request.method);
  const isGated = [item, itemAbove(description, path)].some((at) => at && isForFrontEnds(at));
  // A preflight is of CORS, not of the API.
  if (!operation && isGated && request.method === "OPTIONS" && response.status === 204) return [];
  const described = operation
    ? (operation.responses[response.status] ?? operation.responses["default"])
    : generalAnswer(item, isGated, response.status);
  const found = described
    ? [
        ...differingHeaders(described, operation, response),
        ...(await differingContent(description, described, request, response)),
        ...(item && !operation ? differingMethods(item, path, response) : []),
      ]
    : [`${response.status} is not described`];
  return found.map((difference) => `${request.method} ${path}: ${difference}`);
}

/** As the Worker's router reads it. */
function decodedPath(url: string): string {
  const { pathname } = new URL(url);
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}

function findPath({ paths }: ApiDescription, path: string): PathItem | undefined {
  const template = Object.keys(paths).find((known) => toPattern(known).test(path));
  return template === undefined ? undefined : paths[template];
}

/** A closing `{path}` is all the rest: templates have no way to say it. */
function toPattern(template: string): RegExp {
  const escaped = template.replaceAll(/[.]/g, "\\$&");
  return new RegExp(`^${escaped.replace("/{path}", "(?:/.*)?").replaceAll(/{\w+}/g, "[^/]+")}$`);
}

/** What lies below a path that front-ends call is behind the gate too, also where nothing is. */
function itemAbove({ paths }: ApiDescription, path: string): PathItem | undefined {
  const [, root] = path.split("/");
  return paths[`/${root}`] ?? paths[`/${root}/{provider}/{path}`];
}

function isForFrontEnds(item: PathItem): boolean {
  return METHODS.some((method) => (item[method]?.security.length ?? 0) > 0);
}

/** HEAD goes where GET goes, but for navigations. */
function operationOf(item: PathItem, path: string, method: string): DescribedOperation | undefined {
  const name = method.toLowerCase();
  if (!METHODS.includes(name)) return undefined;
  return item[name] ?? (name === "head" && !path.startsWith("/auth/") ? item["get"] : undefined);
}

/** What any path may answer, described or not, to a method that it does not take. */
function generalAnswer(
  item: PathItem | undefined,
  isGated: boolean,
  status: number,
): DescribedAnswer | undefined {
  const codes: Readonly<Record<number, readonly string[]>> = {
    403: isGated ? GATE : [],
    404: item ? [] : ["not_found"],
    405: item ? ["method_not_allowed"] : [],
    503: ["misconfigured"],
  };
  const allowed = codes[status] ?? [];
  if (allowed.length === 0) return undefined;
  const properties = { code: { enum: allowed } };
  const schema = { allOf: [{ $ref: "#/components/schemas/Problem" }], properties };
  return {
    content: { [PROBLEM]: { schema }, "text/html": {} },
    headers: status === 405 ? { Allow: { required: true } } : {},
  };
}

function differingMethods(item: PathItem, path: string, { status, headers }: Response): string[] {
  if (status !== 405) return [];
  const taken = METHODS.filter((method) => operationOf(item, path, method));
  const told = headers.get("Allow")?.toLowerCase().split(", ") ?? [];
  return told.toSorted().join() === taken.toSorted().join()
    ? []
    : [`Allow says ${told.join()}, not ${taken.join()}`];
}

function differingHeaders(
  described: DescribedAnswer,
  operation: DescribedOperation | undefined,
  { headers }: Response,
): string[] {
  const missing = Object.entries(described.headers ?? {})
    .filter(([name, { required }]) => required && !headers.has(name))
    .map(([name]) => `${name} is missing`);
  const setsCookies =
    (operation?.security.length ?? 0) > 0 ||
    Object.values(operation?.responses ?? {}).some((answer) => answer.headers?.["Set-Cookie"]);
  const isAnyContent = described.content?.["*/*"] !== undefined;
  return [
    ...missing,
    ...(headers.has("Set-Cookie") && !setsCookies ? ["Set-Cookie is not described"] : []),
    ...["Location", "Retry-After"]
      .filter((name) => headers.has(name) && !isAnyContent && !described.headers?.[name])
      .map((name) => `${name} is not described`),
  ];
}

async function differingContent(
  { components }: ApiDescription,
  { content = {} }: DescribedAnswer,
  request: Request,
  response: Response,
): Promise<string[]> {
  const header = response.headers.get("Content-Type");
  const type = header?.split(";")[0]?.toLowerCase();
  if (type === undefined) {
    return Object.keys(content).length > 0 && !content["*/*"] ? ["Content-Type is missing"] : [];
  }
  const media = content[type] ?? content["*/*"];
  if (!media) return [`${type} is not described for ${response.status}`];
  if (!media.schema || request.method === "HEAD") return [];
  const text = await response.clone().text();
  const { valid, errors } = new Validator(
    { ...media.schema, components },
    "2020-12",
    false,
  ).validate(JSON.parse(text));
  const about = errors.map(({ error, instanceLocation }) => `${instanceLocation} ${error}`);
  return [
    ...(valid ? [] : [`${response.status} ${about.join(" ")}`]),
    ...(type === PROBLEM && response.status === 503 ? differingWait(text, response) : []),
  ];
}

/** Everything that passes says when; a faulty configuration does not pass. */
function differingWait(text: string, { headers }: Response): string[] {
  const isLasting = text.includes('"misconfigured"');
  return headers.has("Retry-After") === isLasting ? ["Retry-After on the wrong answer"] : [];
}

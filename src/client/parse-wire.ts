import { isJsonObject, parseJson } from "../shared/json.ts";

/** The value of a JSON text, `snake_case` keys renamed; `undefined` when it is not JSON. */
export function parseWire(text: string): unknown {
  return parseJson(text, (_, value) => (isJsonObject(value) ? rename(value) : value));
}

function rename(object: object): object {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]: [string, unknown]) => [
      key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

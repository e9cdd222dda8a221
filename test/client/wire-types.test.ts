import { expectTypeOf, test } from "vitest";
import type { Connection } from "../../src/client/connection.ts";
import type { Token } from "../../src/client/latchkey.ts";
import type { Disconnected, Forgotten } from "../../src/client/receipts.ts";
import type * as wire from "../../src/http/answer-schemas.ts";

type CamelCase<Name> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;
/** As the client renames what it reads. */
type Renamed<T> = T extends readonly (infer Item)[]
  ? readonly Renamed<Item>[]
  : T extends object
    ? { readonly [Key in keyof T as CamelCase<Key>]: Renamed<T[Key]> }
    : T;

test("the client's types are those of Latchkey's answers, renamed", () => {
  expectTypeOf<Renamed<wire.Connection>>().toExtend<Connection>();
  expectTypeOf<Connection>().toExtend<Renamed<wire.Connection>>();
  expectTypeOf<Renamed<wire.Token>>().toEqualTypeOf<Token>();
  expectTypeOf<Renamed<wire.Disconnected>>().toEqualTypeOf<Disconnected>();
  expectTypeOf<Renamed<wire.Erased>>().toEqualTypeOf<Forgotten>();
});

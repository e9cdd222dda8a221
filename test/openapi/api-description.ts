/** As much of an OpenAPI document as checking an answer needs. */
export interface ApiDescription {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** Its methods, beside what holds for all of them. */
export type PathItem = Readonly<Record<string, DescribedOperation | undefined>>;

export interface DescribedOperation {
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, DescribedAnswer>>;
}

export interface DescribedAnswer {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

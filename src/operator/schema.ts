/**
 * The part of JSON Schema that the operators' door speaks. It checks requests, it is what OpenAPI shows, and TypeScript
 * computes from it what a decision is given and has to answer, so that nothing is written down twice.
 */
export type Schema = Described &
  (
    | {
        readonly type: 'string'
        readonly enum?: readonly string[]
        /** In Unicode code points. */
        readonly minLength?: number
        readonly maxLength?: number
        readonly pattern?: string
        readonly format?: 'date-time'
      }
    | { readonly type: 'integer' | 'number'; readonly minimum?: number; readonly maximum?: number }
    | { readonly type: 'boolean' }
    | { readonly type: 'array'; readonly items: Schema; readonly minItems?: number; readonly maxItems?: number }
    | ObjectSchema
  )

interface Described {
  readonly description?: string
  readonly nullable?: true
}

export type ObjectSchema = Described & {
  readonly type: 'object'
  readonly properties: { readonly [member: string]: Schema }
  readonly required?: readonly string[]
  readonly minProperties?: number
  /** An object of any form; only in answers. */
  readonly additionalProperties?: true
}

/** What a value that satisfies the schema is. */
export type ValueOf<S> = S extends { readonly nullable: true } ? Plain<S> | null : Plain<S>

type Plain<S> = S extends { readonly enum: readonly (infer Choice)[] }
  ? Choice
  : S extends { readonly type: 'string' }
    ? string
    : S extends { readonly type: 'integer' | 'number' }
      ? number
      : S extends { readonly type: 'boolean' }
        ? boolean
        : S extends { readonly type: 'array'; readonly items: infer Item }
          ? readonly ValueOf<Item>[]
          : S extends { readonly additionalProperties: true }
            ? Readonly<Record<string, unknown>>
            : S extends { readonly type: 'object'; readonly properties: infer Members }
              ? ObjectOf<Members, S extends { readonly required: readonly (infer Name)[] } ? Name : never>
              : never

type ObjectOf<Members, Required> = {
  readonly [M in keyof Members as M extends Required ? M : never]: ValueOf<Members[M]>
} & {
  readonly [M in keyof Members as M extends Required ? never : M]?: ValueOf<Members[M]> | undefined
}

/** An object of which every member is required, as most answers are. */
export function record<const P extends ObjectSchema['properties']>(properties: P) {
  // Object.keys forgets what TypeScript knows: the names are those of `properties`.
  const required = Object.keys(properties) as (keyof P & string)[]
  return { type: 'object', properties, required } as const
}

export function listOf<const S extends Schema>(items: S) {
  return { type: 'array', items } as const
}

export function nullable<const S extends Schema>(schema: S) {
  return { ...schema, nullable: true } as const
}

import type { ConstraintName, constraints } from './constraints.ts'
import type { EnumName, enums } from './enums.ts'
import type { operations } from './operations.ts'
import type { StructureName, structures } from './structures.ts'

/** A name of `operations`. */
export type OperationName = keyof typeof operations

/** The body of a request, as `parseInput` gives it. */
export type Input<N extends OperationName> = InputOf<(typeof operations)[N]['input']>

/** The body of an answer, as `serialiseOutput` takes it. */
export type Output<N extends OperationName> = Shape<(typeof operations)[N]['output']>

/** A structure. Times are epoch milliseconds, blobs bytes; an optional member that is undefined is absent. */
export type Shape<N extends StructureName> = N extends StructureName ? ShapeOf<Structures[N]> : never

/** One of an enum's values. */
export type EnumValue<N extends EnumName> = (typeof enums)[N][number]

type Empty = Readonly<Record<string, never>>

type InputOf<S> = S extends StructureName ? Shape<S> : Empty

type ShapeOf<S> = keyof S extends never
  ? Empty
  : Flat<
      { readonly [M in keyof S as M extends `${infer Name}*` ? Name : never]: Value<S[M]> } & {
        readonly [M in keyof S as M extends `${string}*` ? never : M]?: Value<S[M]> | undefined
      }
    >

type Flat<T> = { [M in keyof T]: T[M] }

type Value<T> = T extends 'integer' | 'long' | 'timestamp' | `integer ${string}`
  ? number
  : T extends 'string' | `string ${string}`
    ? string
    : T extends 'boolean'
      ? boolean
      : T extends 'blob'
        ? Uint8Array
        : T extends `enum ${infer E extends EnumName}`
          ? EnumValue<E>
          : T extends `[${infer Each}]` | `[${infer Each}] ${string}`
            ? readonly Value<Each>[]
            : T extends StructureName
              ? Shape<T>
              : never

type ConstraintOn<K> = {
  [N in ConstraintName]: (typeof constraints)[N]['on'] extends K ? N : never
}[ConstraintName]

type Item =
  | 'string'
  | 'integer'
  | 'long'
  | 'boolean'
  | 'timestamp'
  | 'blob'
  | `string ${ConstraintOn<'string'>}`
  | `integer ${ConstraintOn<'integer'>}`
  | `enum ${EnumName}`
  | StructureName

type Notation = Item | `[${Item}]` | `[${Item}] ${ConstraintOn<'list'>}`

// Here a misspelt enum, constraint or structure in the data stops compiling.
type WellFormed<S extends Readonly<Record<string, Readonly<Record<string, Notation>>>>> = S
type Structures = WellFormed<typeof structures>

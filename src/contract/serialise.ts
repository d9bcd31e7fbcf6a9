import { encoder, type JsonObject } from './encode.ts'
import { operations } from './operations.ts'
import type { StructureName } from './structures.ts'
import type { OperationName, Output, Shape } from './types.ts'

const write = encoder(() => undefined)

/**
 * A structure as the JSON that crosses the wire: declared members only, times as epoch seconds, blobs as base64.
 *
 * @throws {TypeError} where a member has a type that the compiler would have refused
 */
export const serialise = <N extends StructureName>(structure: N, value: Shape<N>): JsonObject => write(structure)(value)

/** An operation's answer as the JSON that crosses the wire; see `serialise`. */
export const serialiseOutput = <N extends OperationName>(operation: N, output: Output<N>): JsonObject =>
  write(operations[operation].output)(output)

import jmespath from 'jmespath'
import { UsageError } from '../command.ts'
import type { JsonValue } from '../connection/connection.ts'

// Its types leave `compile` out.
const { compile, search } = jmespath as typeof jmespath & { readonly compile: (expression: string) => unknown }

/** A JMESPath expression, ready to be used. Throws UsageError before anything is asked. */
export function compileQuery(expression: string | undefined): (value: JsonValue) => JsonValue {
  if (expression === undefined) return (value) => value
  const wrong = (error: unknown) =>
    new UsageError(`--query ${expression || "''"}: ${error instanceof Error ? error.message : String(error)}`)
  try {
    compile(expression)
  } catch (error) {
    throw wrong(error)
  }
  return (value) => {
    try {
      return search(value, expression) ?? null
    } catch (error) {
      throw wrong(error)
    }
  }
}

import { UsageError } from '../command.ts'
import type { JsonValue } from '../connection/connection.ts'
import { evaluate, parse } from './jmespath.ts'

/** A JMESPath expression, ready to be used. Throws UsageError before anything is asked. */
export function compileQuery(expression: string | undefined): (value: JsonValue) => JsonValue {
  if (expression === undefined) return (value) => value
  const orSay = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new UsageError(`--query ${expression || "''"}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const node = orSay(() => parse(expression))
  return (value) => orSay(() => evaluate(node, value))
}

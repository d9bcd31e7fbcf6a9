// What operators might send, by the schemas that their API publishes.
import * as fc from 'fast-check'
import { operatorApi } from '../../src/operator/api.ts'
import type { ObjectSchema, Schema } from '../../src/operator/schema.ts'
import { textFor } from './inputs.ts'

/** One call; ids in it are wishes, as in what customers send. */
export interface OperatorCall {
  readonly name: string
  readonly method: string
  /** Without what comes in the place of its parameters. */
  readonly path: string
  readonly parameters: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: object | undefined
}

/** Forgetting everything is for whoever begins a sequence. */
const calls = operatorApi.filter(({ name }) => name !== 'Reset')

export const operatorCall: fc.Arbitrary<OperatorCall> = fc.constantFrom(...calls).chain((operation) => {
  const { name, method, path } = operation
  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, parameter = '']) => [parameter, textFor(parameter)] as const)
  return fc.record({
    name: fc.constant(name),
    method: fc.constant(method),
    path: fc.constant(path),
    parameters: fc.record(Object.fromEntries(parameters)),
    query: object(operation.query),
    body: method === 'GET' || method === 'DELETE' ? fc.constant(undefined) : object(operation.body),
  })
})

function object({ properties, required = [] }: ObjectSchema): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const members = Object.entries(properties).map(([member, schema]) => {
    const absent = required.includes(member) ? 1 : 20
    const arbitrary = fc.oneof(
      { weight: 20, arbitrary: valueOf(member, schema) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
      { weight: absent, arbitrary: fc.constant(undefined) },
    )
    return [member, arbitrary] as const
  })
  return fc.record(Object.fromEntries(members))
}

function valueOf(member: string, schema: Schema): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'object':
      return object(schema)
    case 'array':
      return fc.array(valueOf(member, schema.items), { maxLength: 3 })
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.oneof(
        fc.constantFrom(schema.minimum ?? 0, (schema.minimum ?? 0) + 1, schema.maximum ?? 10),
        fc.integer(),
      )
    case 'number':
      return fc.oneof(fc.constantFrom(0, 1, 3_600, 8_640_000), fc.double({ noNaN: true }))
    case 'string':
      if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
      if (schema.format === 'date-time')
        return fc.constantFrom('2026-11-25T00:00:00Z', '9999-12-31T23:59:59Z', 'yesterday')
      return textFor(member)
  }
}

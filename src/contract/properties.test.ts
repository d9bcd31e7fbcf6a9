import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as sdkModule from '@aws-sdk/client-direct-connect'
import * as fc from 'fast-check'
import type { Constraint } from './constraints.ts'
import { enums } from './enums.ts'
import { type MemberType, membersOf } from './notation.ts'
import { isOperationName, operations } from './operations.ts'
import { InvalidInput, parseInput } from './parse.ts'
import { protectedMembers, redactOutput } from './redact.ts'
import { serialiseOutput } from './serialise.ts'
import type { StructureName } from './structures.ts'
import type { OperationName, Shape } from './types.ts'

type Mutable = Record<string, unknown>
const isMutable = (value: unknown): value is Mutable =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

const everyOperation = Object.keys(operations).filter(isOperationName)
const anyOperation = fc.constantFrom(...everyOperation)

/** Any value of a structure; a blob and a time as the product has them. */
const valid = <N extends StructureName>(structure: N): fc.Arbitrary<Shape<N>> => {
  const members = membersOf(structure)
  const model = Object.fromEntries(members.map(({ name, type }) => [name, validValue(type)]))
  const requiredKeys = members.flatMap(({ name, required }) => (required ? [name] : []))
  // Built from the very data of which Shape is computed.
  return fc.record(model, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<Shape<N>>
}

const validInput = (operation: OperationName) => {
  const { input } = operations[operation]
  return input === null ? fc.constant({}) : valid(input)
}

const validValue = (type: MemberType): fc.Arbitrary<unknown> => {
  switch (type.kind) {
    case 'string':
      return validString(type.constraint)
    case 'integer':
      return fc.integer({ min: type.constraint?.min ?? -(2 ** 31), max: type.constraint?.max ?? 2 ** 31 - 1 })
    case 'long':
      return fc.maxSafeInteger()
    case 'boolean':
      return fc.boolean()
    case 'timestamp':
      return fc.integer({ min: 0, max: 4_102_444_800_000 })
    case 'blob':
      return fc.uint8Array()
    case 'enum':
      return fc.constantFrom<string>(...enums[type.name])
    case 'structure':
      return valid(type.name)
    case 'list': {
      const { min = 0, max = Infinity } = type.constraint ?? {}
      return fc.array(validValue(type.item), { minLength: min, maxLength: Math.min(max, 4) })
    }
  }
}

const tagCharacters = [...'aZ09_.:/=+-@ ßé漢٣𝒜𠀀\u3000\u2028']
const validString = ({ min = 0, max = 40, pattern }: Partial<Constraint> = {}): fc.Arbitrary<string> => {
  if (pattern === undefined) {
    const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((each) => each !== '\0')
    return fc.string({ unit: character, minLength: min, maxLength: max })
  }
  if (pattern.includes('\\p'))
    return fc.string({ unit: fc.constantFrom(...tagCharacters), minLength: min, maxLength: max })
  return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length >= min && text.length <= max)
}

/** One way to break a body: `put` does it, and the refusal names `path`. */
type Breakage = { readonly path: string; readonly code: InvalidInput['code']; readonly put: () => void }

const breakages = (type: MemberType, path: string, value: unknown, put: (bad: unknown) => void): Breakage[] => {
  const found: Breakage[] = [
    ...wrongTypes(type).map((bad) => ({ path, code: 'SerializationException' as const, put: () => put(bad) })),
    ...notAllowed(type).map((bad) => ({ path, code: 'DirectConnectClientException' as const, put: () => put(bad) })),
  ]
  if (type.kind === 'structure' && isMutable(value)) found.push(...breakagesWithin(type.name, `${path}.`, value))
  if (type.kind === 'list' && Array.isArray(value)) {
    const set = (index: number) => (bad: unknown) => value.splice(index, 1, bad)
    value.forEach((item, index) => found.push(...breakages(type.item, `${path}[${index}]`, item, set(index))))
  }
  return found
}

const breakagesWithin = (structure: StructureName, prefix: string, value: Mutable): Breakage[] =>
  membersOf(structure).flatMap(({ name, type, required }) => {
    const path = prefix + name
    const set = (bad: unknown) => Object.assign(value, { [name]: bad })
    const found = breakages(type, path, value[name], set)
    const code = 'DirectConnectClientException'
    if (required) found.push({ path, code, put: () => delete value[name] }, { path, code, put: () => set(null) })
    return found
  })

const wrongTypes = ({ kind }: MemberType): readonly unknown[] => {
  switch (kind) {
    case 'string':
    case 'enum':
      return [5, true, {}, [], ['x']]
    case 'integer':
      return ['5', true, {}, [], 1.5, 2 ** 31, Infinity]
    case 'long':
      return ['5', true, {}, [], 1.5, 2 ** 53]
    case 'structure':
      return [5, 'x', true, []]
    case 'list':
      return [5, 'x', true, {}]
    default:
      return ['true', 1, {}, []]
  }
}

const notAllowed = (type: MemberType): readonly unknown[] => {
  if (type.kind === 'enum') return ['no such value', 'constructor', '']
  const { min = 0, max, pattern } = ('constraint' in type ? type.constraint : undefined) ?? {}
  switch (type.kind) {
    case 'string':
      return [
        'a\0',
        '\ud800',
        ...(min > 0 ? ['x'.repeat(min - 1)] : []),
        ...(max === undefined ? [] : ['x'.repeat(max + 1)]),
        ...(pattern === undefined ? [] : ['!'.repeat(Math.max(min, 1))]),
      ]
    case 'integer':
      return 'constraint' in type && type.constraint?.min !== undefined ? [min - 1] : []
    case 'list':
      return [...(min > 0 ? [[]] : []), ...(max === undefined ? [] : [Array(max + 1).fill('x')])]
    default:
      return []
  }
}

describe('a request', () => {
  const request = anyOperation.chain((operation) => fc.tuple(fc.constant(operation), validInput(operation)))

  test('that keeps the contract comes back as it was', () => {
    fc.assert(
      fc.property(request, ([operation, body]) => {
        assert.deepEqual(parseInput(operation, JSON.parse(JSON.stringify(body))), body)
      }),
      { numRuns: 300 },
    )
  })

  test('with one member broken is refused, and the refusal names that member', () => {
    fc.assert(
      fc.property(request, fc.nat(), ([operation, body], choice) => {
        const { input } = operations[operation]
        const broken: unknown = structuredClone(body)
        if (input === null || !isMutable(broken)) return
        const all = breakagesWithin(input, '', broken)
        const breakage = all[choice % all.length]
        assert.ok(breakage)
        breakage.put()
        assert.throws(
          () => parseInput(operation, broken),
          (error) => {
            assert.ok(error instanceof InvalidInput, String(error))
            assert.equal(error.code, breakage.code)
            assert.ok(` ${error.message} `.replaceAll(/[:,]/g, ' ').includes(` ${breakage.path} `), error.message)
            return true
          },
        )
      }),
      { numRuns: 1000 },
    )
  })

  test('of any JSON at all is accepted or refused, never worse', () => {
    const names = [
      ...new Set(everyOperation.flatMap((name) => membersOf(operations[name].input ?? 'Tag').map((m) => m.name))),
    ]
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), tie('object'), fc.array(tie('json'), { maxLength: 3 })),
      object: fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor'), tie('json'), { maxKeys: 5 }),
    }))
    fc.assert(
      fc.property(anyOperation, json, (operation, body) => {
        try {
          parseInput(operation, body)
        } catch (error) {
          assert.ok(error instanceof InvalidInput, String(error))
        }
      }),
      { numRuns: 1000 },
    )
  })
})

test('an answer is recorded as it is sent, but for what a record must not keep', () => {
  const isProtected = new Set<string>([...protectedMembers, 'loaContent'])
  const record = (member: string, value: unknown) => {
    if (isProtected.has(member)) return '[PROTECTED]'
    return member === 'asn' || member === 'asnLong' ? -1 : value
  }
  const answer = anyOperation.chain((name) => fc.tuple(fc.constant(name), valid(operations[name].output)))
  fc.assert(
    fc.property(answer, ([name, output]) => {
      const sent = JSON.stringify(serialiseOutput(name, output))
      assert.deepEqual(redactOutput(name, output), JSON.parse(sent, record))
    }),
    { numRuns: 200 },
  )
})

describe('the official SDK', () => {
  const sdk: Readonly<Record<string, unknown>> = sdkModule
  const sdkOperation = fc.constantFrom(...everyOperation.filter((name) => Object.hasOwn(sdk, `${name}Command`)))

  type Sent = { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array | string }

  /** Sends a request through the SDK's client; gives what it wrote and what it made of the answer. */
  const call = async (operation: OperationName, input: unknown, answer: unknown) => {
    const sent: Sent[] = []
    const client = new sdkModule.DirectConnectClient({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
      requestHandler: {
        handle: async (request: Sent) => {
          sent.push(request)
          const body = new TextEncoder().encode(JSON.stringify(answer))
          return { response: { statusCode: 200, headers: {}, body } }
        },
      },
    })
    const Command = sdk[`${operation}Command`]
    assert.ok(typeof Command === 'function')
    const { $metadata: _, ...received } = await client.send(Reflect.construct(Command, [input]))
    const [request] = sent
    assert.ok(request)
    const body = typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body)
    return { target: request.headers['x-amz-target'], body, received }
  }

  /** What the SDK knows of a structure; it has times as Date. */
  const asSdk = (structure: StructureName, value: unknown): unknown => {
    const tuple = sdk[`${structure}$`]
    assert.ok(Array.isArray(tuple) && isMutable(value), structure)
    const convert = (type: MemberType, given: unknown): unknown => {
      if (type.kind === 'structure') return asSdk(type.name, given)
      if (type.kind === 'list' && Array.isArray(given)) return given.map((item) => convert(type.item, item))
      return type.kind === 'timestamp' ? new Date(Number(given)) : given
    }
    return Object.fromEntries(
      membersOf(structure)
        .filter(({ name }) => Object.hasOwn(value, name) && tuple[4].includes(name))
        .map(({ name, type }) => [name, convert(type, value[name])]),
    )
  }

  test('writes requests that are read as it meant them', async () => {
    const request = sdkOperation.chain((operation) => fc.tuple(fc.constant(operation), validInput(operation)))
    await fc.assert(
      fc.asyncProperty(request, async ([operation, input]) => {
        const { target, body } = await call(operation, input, {})
        assert.equal(target, `OvertureService.${operation}`)
        const structure = operations[operation].input
        const meant = structure === null ? {} : asSdk(structure, input)
        assert.deepEqual(parseInput(operation, JSON.parse(body)), meant)
      }),
      { numRuns: 100 },
    )
  })

  test('reads answers as we meant them', async () => {
    const answer = sdkOperation.chain((name) => fc.tuple(fc.constant(name), valid(operations[name].output)))
    await fc.assert(
      fc.asyncProperty(answer, async ([operation, output]) => {
        const { received } = await call(operation, {}, serialiseOutput(operation, output))
        assert.deepEqual(received, asSdk(operations[operation].output, output))
      }),
      { numRuns: 100 },
    )
  })
})

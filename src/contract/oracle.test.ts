import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import * as sdkModule from '@aws-sdk/client-direct-connect'
import { constraints } from './constraints.ts'
import { type EnumName, enums } from './enums.ts'
import { type ErrorName, errors } from './errors.ts'
import { type MemberType, membersOf } from './notation.ts'
import { errorsOf, operations } from './operations.ts'
import { type StructureName, structures } from './structures.ts'
import type { OperationName } from './types.ts'

// The official SDK carries the contract as tuples:
//   an operation   [9, namespace, name, traits, () => input, () => output]
//   a structure    [3, namespace, name, traits, member names, member types, how many of the first are required]
//   a list         [1, namespace, name, traits, item type]
//   an error       [-3, namespace, name, traits, …]
// It knows the API as of May 2026: what is newer stands here, so that neither side can move unseen.

const newerOperations: readonly OperationName[] = [
  'AssociateConnectionsToResiliencyGroup',
  'CreateResiliencyGroup',
  'DeleteResiliencyGroup',
  'DisassociateConnectionsFromResiliencyGroup',
  'GetResiliencyGroup',
  'ListResiliencyGroupAssociations',
  'ListResiliencyGroups',
  'ListVirtualInterfaceRoutes',
  'UpdateConnectionsBillingMode',
  'UpdateResiliencyGroup',
]

const newerStructures: readonly StructureName[] = [
  'AsPathSegment',
  'AssociateConnectionsToResiliencyGroupRequest',
  'AssociateConnectionsToResiliencyGroupResult',
  'AvailableBillingMode',
  'CreateResiliencyGroupRequest',
  'CreateResiliencyGroupResult',
  'DeleteResiliencyGroupRequest',
  'DeleteResiliencyGroupResult',
  'DisassociateConnectionsFromResiliencyGroupRequest',
  'DisassociateConnectionsFromResiliencyGroupResult',
  'GetResiliencyGroupRequest',
  'GetResiliencyGroupResult',
  'ListResiliencyGroupAssociationsRequest',
  'ListResiliencyGroupAssociationsResult',
  'ListResiliencyGroupsRequest',
  'ListResiliencyGroupsResult',
  'ListVirtualInterfaceRoutesRequest',
  'ListVirtualInterfaceRoutesResponse',
  'RateLimiterStatus',
  'ResiliencyGroup',
  'ResiliencyGroupAssociation',
  'ResiliencyGroupSummary',
  'Route',
  'RouteFilters',
  'UpdateConnectionsBillingModeRequest',
  'UpdateConnectionsBillingModeResponse',
  'UpdateResiliencyGroupRequest',
  'UpdateResiliencyGroupResult',
]

const prefixPool = [
  'prefixPoolSizeIpv4',
  'prefixPoolSizeIpv6',
  'prefixPoolUnallocatedCountIpv4',
  'prefixPoolUnallocatedCountIpv6',
]
const allocation = ['prefixPoolAllocatedCountIpv4', 'prefixPoolAllocatedCountIpv6', 'rateLimit']

const newerMembers: Readonly<Partial<Record<StructureName, readonly string[]>>> = {
  Connection: [...prefixPool, 'rateLimiterStatus', 'billingMode'],
  CreateConnectionRequest: ['billingMode'],
  CreateLagRequest: ['billingMode'],
  DirectConnectGateway: ['totalPrefixPoolAllocations'],
  Lag: [...prefixPool, 'rateLimiterStatus', 'billingMode'],
  Location: ['availableBillingModes'],
  NewPrivateVirtualInterface: allocation,
  NewPrivateVirtualInterfaceAllocation: ['rateLimit'],
  NewPublicVirtualInterface: ['rateLimit'],
  NewPublicVirtualInterfaceAllocation: ['rateLimit'],
  NewTransitVirtualInterface: allocation,
  NewTransitVirtualInterfaceAllocation: ['rateLimit'],
  UpdateVirtualInterfaceAttributesRequest: allocation,
  VirtualInterface: allocation,
}

const newerEnums: readonly EnumName[] = [
  'AsPathType',
  'BillingMode',
  'RequestBillingMode',
  'ResiliencyGroupAssociationState',
  'ResiliencyGroupState',
  'ResiliencyGroupType',
  'ResiliencyModel',
  'RouteDirection',
]

const newerError: ErrorName = 'LimitExceededException'

const sdk: Readonly<Record<string, unknown>> = sdkModule

const isTuple = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** The SDK's tuples of one kind by their names. */
const sdkTuples = (kind: number) =>
  new Map(
    Object.values(sdk)
      .filter(isTuple)
      .filter((tuple) => tuple[0] === kind && tuple[1] === 'com.amazonaws.directconnect')
      .map((tuple) => [String(tuple[2]), tuple]),
  )

const sdkOperations = sdkTuples(9)
const sdkStructures = sdkTuples(3)
const sdkErrors = sdkTuples(-3)

const names = <N extends string>(table: Readonly<Partial<Record<N, unknown>>>): readonly N[] => {
  const found: N[] = []
  for (const name in table) found.push(name)
  return found.toSorted()
}
const known = <N extends string>(all: readonly N[], newer: readonly N[]) => all.filter((name) => !newer.includes(name))
const knownOperations = known(names(operations), newerOperations)
const knownStructures = known(names(structures), newerStructures)
const knownEnums = known(names(enums), newerEnums)
const knownMembers = (name: StructureName) =>
  membersOf(name).filter((member) => !newerMembers[name]?.includes(member.name))

const byName = (a: { readonly name: unknown }, b: { readonly name: unknown }) =>
  String(a.name).localeCompare(String(b.name))

const follow = (reference: unknown): unknown => (typeof reference === 'function' ? reference() : reference)

const sdkScalars: Readonly<Record<number, string>> = {
  0: 'text',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  21: 'blob',
}
const listBit = 64

const sdkType = (reference: unknown): string => {
  const type = follow(reference)
  if (typeof type === 'number') {
    return type & listBit ? `[${sdkType(type & ~listBit)}]` : (sdkScalars[type] ?? `unknown ${type}`)
  }
  assert.ok(isTuple(type))
  const [kind, , name, , item] = type
  if (kind === 3) return String(name)
  assert.equal(kind, 1)
  return `[${sdkType(item)}]${Object.hasOwn(constraints, String(name)) ? ` ${name}` : ''}`
}

/** A type as far as the SDK's tuples tell it: there an enum is a text, an integer and a long are a number. */
const asSdkType = (type: MemberType): string => {
  switch (type.kind) {
    case 'string':
    case 'enum':
      return 'text'
    case 'integer':
    case 'long':
      return 'number'
    case 'structure':
      return type.name
    case 'list': {
      const constraint = names(constraints).find((name) => constraints[name] === type.constraint)
      return `[${asSdkType(type.item)}]${constraint === undefined ? '' : ` ${constraint}`}`
    }
    default:
      return type.kind
  }
}

const declarations = (file: string) =>
  readFileSync(new URL(`../../node_modules/@aws-sdk/client-direct-connect/dist-types/${file}`, import.meta.url), 'utf8')

describe('the contract agrees with the official SDK', () => {
  test('on the operations, but for the newer ones', () => {
    assert.deepEqual(knownOperations, [...sdkOperations.keys()].toSorted())
    assert.equal(knownOperations.length, 63)
    assert.equal(names(operations).length, 73)
  })

  test('on what each operation takes and answers', () => {
    for (const name of knownOperations) {
      const [, , , , input, output] = sdkOperations.get(name) ?? []
      assert.equal(operations[name].input ?? 'unit', follow(input) === 'unit' ? 'unit' : sdkType(input), name)
      assert.equal(operations[name].output, sdkType(output), name)
    }
  })

  test('on the structures, but for the newer ones', () => {
    assert.deepEqual(knownStructures, [...sdkStructures.keys()].toSorted())
    assert.equal(knownStructures.length, 130)
    assert.equal(names(structures).length, 158)
  })

  test('on every member: its name, its type, its list and whether it is required', () => {
    for (const name of knownStructures) {
      const [, , , , members, types, required = 0] = sdkStructures.get(name) ?? []
      assert.ok(isTuple(members) && isTuple(types))
      const theirs = members.map((member, index) => ({
        name: member,
        type: sdkType(types[index]),
        required: index < Number(required),
      }))
      const ours = knownMembers(name).map((member) => ({
        name: member.name,
        type: asSdkType(member.type),
        required: member.required,
      }))
      assert.deepEqual(ours.toSorted(byName), theirs.toSorted(byName), name)
    }
  })

  test('on nothing that is listed as newer', () => {
    for (const name of newerOperations) assert.ok(!sdkOperations.has(name), name)
    for (const name of newerStructures) assert.ok(!sdkStructures.has(name), name)
    for (const name of newerEnums) assert.ok(!Object.hasOwn(sdk, name), name)
    for (const name of names(newerMembers)) {
      const ours = new Set(membersOf(name).map((member) => member.name))
      const theirs = sdkStructures.get(name)?.[4]
      assert.ok(isTuple(theirs))
      for (const member of newerMembers[name] ?? []) {
        assert.ok(ours.has(member) && !theirs.includes(member), `${name}.${member}`)
      }
    }
  })

  test('on the values of each enum', () => {
    assert.equal(knownEnums.length, 16)
    for (const name of knownEnums) {
      const values = sdk[name]
      assert.ok(typeof values === 'object' && values !== null)
      assert.deepEqual(Object.values(values).toSorted(), enums[name].toSorted(), name)
    }
  })

  // Which members are enums the SDK tells only in its type declarations.
  test('on which members are enums', () => {
    const text = declarations('models/models_0.d.ts')
    let found = 0
    for (const [, name = '', body = ''] of text.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms)) {
      const theirs = Object.fromEntries(
        [...body.matchAll(/^ {4}(\w+)\??: (\w+) \| undefined;$/gm)]
          .filter(([, , type = '']) => Object.hasOwn(enums, type))
          .map(([, member, type]) => [member, type]),
      )
      const structure = knownStructures.find((each) => each === name)
      assert.ok(structure !== undefined, name)
      const ours = Object.fromEntries(
        knownMembers(structure).flatMap(({ name: member, type }) =>
          type.kind === 'enum' ? [[member, type.name]] : [],
        ),
      )
      assert.deepEqual(ours, theirs, name)
      found += Object.keys(theirs).length
    }
    assert.ok(found > 30, `${found} members`)
  })

  test('on the errors: their names, whose fault they are, their only member', () => {
    const theirs = [...sdkErrors].map(([name, [, , , traits, members]]) => {
      assert.ok(typeof traits === 'object' && traits !== null && 'error' in traits)
      return { name, fault: traits.error, members }
    })
    const ours = known(names(errors), [newerError]).map((name) => ({
      name,
      fault: errors[name].fault,
      members: ['message'],
    }))
    assert.deepEqual(ours, theirs.toSorted(byName))
  })

  // Which operation declares which error the SDK tells only in the comments of its commands.
  test('on the errors of each operation, but for the newer one', () => {
    for (const name of knownOperations) {
      const text = declarations(`commands/${name}Command.d.ts`)
      const theirs = [...text.matchAll(/@throws \{@link (\w+)\} \((?:client|server) fault\)/g)].map(
        ([, error]) => error,
      )
      const ours: readonly ErrorName[] = known(errorsOf(name), [newerError])
      assert.deepEqual(ours.toSorted(), theirs.toSorted(), name)
    }
  })

  test('on which operations are deprecated', () => {
    const theirs = knownOperations.filter((name) =>
      declarations(`commands/${name}Command.d.ts`).includes('@deprecated'),
    )
    assert.deepEqual(
      knownOperations.filter((name) => 'deprecated' in operations[name]),
      theirs,
    )
  })
})

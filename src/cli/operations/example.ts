import { enums } from '../../contract/enums.ts'
import { type Member, type MemberType, membersOf } from '../../contract/notation.ts'
import type { OperationName } from '../../contract/types.ts'
import { dashed } from './names.ts'
import { inputOf } from './options.ts'

/** A command line with what is required, made from the contract. */
export function exampleOf(operation: OperationName): string {
  const members = inputOf(operation)
  const required = members.filter(({ required }) => required)
  const shown = required.length > 0 ? required : members.slice(0, 1)
  return [
    'crossconnect',
    dashed(operation),
    ...shown.map(({ name, type }) => `--${dashed(name)}${wordOf(name, type)}`),
  ].join(' ')
}

function wordOf(name: string, type: MemberType): string {
  return type.kind === 'boolean' ? '' : ` ${type.kind === 'list' ? valueOf(name, type.item) : valueOf(name, type)}`
}

function valueOf(name: string, type: MemberType): string {
  switch (type.kind) {
    case 'enum':
      return enums[type.name][0] ?? ''
    case 'integer':
    case 'long':
      return numbers[name] ?? '1'
    case 'structure':
      return pairsOf(membersOf(type.name))
    default:
      return texts.find(([pattern]) => pattern.test(name))?.[1] ?? 'name'
  }
}

function pairsOf(members: readonly Member[]): string {
  const required = members.filter(({ required }) => required)
  const shown = required.length > 0 ? required : members.slice(0, 1)
  return shown.map(({ name, type }) => `${name}=${type.kind === 'boolean' ? 'true' : valueOf(name, type)}`).join(',')
}

const numbers: Readonly<Record<string, string>> = { vlan: '101', asn: '65000', numberOfConnections: '2' }

/** What a text looks like, by the name of its member. */
const texts: readonly (readonly [RegExp, string])[] = [
  [/^location$/, 'EqDC2'],
  [/bandwidth$/i, '10Gbps'],
  [/^cidrs?$/, '10.0.0.0/16'],
  [/^routerTypeIdentifier$/, 'CiscoSystemsInc-2900SeriesRouters-IOS124'],
  [/account$/i, '111122223333'],
  [/^resourceArns?$/, 'arn:aws:directconnect:us-east-1:111122223333:dxcon/dxcon-fg1a2b3c'],
  [/^interconnectId$/, 'dxcon-fg1a2b3c'],
  [/^(parent)?connectionId/i, 'dxcon-fg1a2b3c'],
  [/^connectionIdentifiers$/, 'dxcon-fg1a2b3c'],
  [/^lagId$/, 'dxlag-fg1a2b3c'],
  [/^virtualInterfaceId$/, 'dxvif-fg1a2b3c'],
  [/^resiliencyGroupId$/, 'dxrg-0a1b2c3d4e5f6a7b8'],
  [/^tagKeys$|^key$/, 'team'],
  [/^(virtualG|g)atewayId$/, 'vgw-0a1b2c3d'],
  [/Id$/, '0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d'],
]

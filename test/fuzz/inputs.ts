// What customers and operators might send: mostly what the contract asks for, so that requests come past it; now and then
// anything. Ids are written as wishes, such as `@dxcon 2`, for what an answer has shown by the time that it is sent.
import * as fc from 'fast-check'
import { enums } from '../../src/contract/enums.ts'
import { type MemberType, membersOf } from '../../src/contract/notation.ts'
import { operations } from '../../src/contract/operations.ts'
import type { StructureName } from '../../src/contract/structures.ts'
import type { OperationName } from '../../src/contract/types.ts'

export const keys = ['test', 'partner', '111122223333'] as const

/** How likely each kind of value is: what fits, anything, and nothing, where it must be and where it may be. */
export interface Odds {
  readonly likely: number
  readonly anything: number
  readonly absent: number
  readonly absentOptional: number
}

/** A body for an operation. */
export function inputOf(operation: OperationName, odds: Odds): fc.Arbitrary<object> {
  const { input } = operations[operation]
  return input === null ? fc.constant({}) : structure(input, odds)
}

/** What the contract does not require, though hardly anything works without it. */
const wanted: ReadonlySet<string> = new Set([
  'virtualInterfaceId',
  'virtualInterfaceName',
  'asn',
  'newBGPPeer',
  'bgpPeerId',
  'routerTypeIdentifier',
  'associationId',
  'directConnectGatewayId',
  'addressFamily',
])

function structure(name: StructureName, odds: Odds): fc.Arbitrary<object> {
  const members = membersOf(name).map(({ name: member, type, required }) => {
    const likely = { weight: odds.likely, arbitrary: valueOf(member, type, odds) }
    const anything = { weight: odds.anything, arbitrary: fc.jsonValue({ maxDepth: 2 }) }
    const usual = required || wanted.has(member)
    const absent = { weight: usual ? odds.absent : odds.absentOptional, arbitrary: fc.constant(undefined) }
    return [member, fc.oneof(likely, anything, absent)] as const
  })
  return fc.record(Object.fromEntries(members))
}

function valueOf(member: string, type: MemberType, odds: Odds): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'structure':
      return structure(type.name, odds)
    case 'list':
      return fc.array(valueOf(member, type.item, odds), { minLength: 1, maxLength: 3 })
    case 'enum':
      return fc.constantFrom(...enums[type.name])
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'long':
      return fc.oneof(
        { weight: odds.likely, arbitrary: fc.constantFrom(...(numbers[member] ?? commonNumbers)) },
        { weight: odds.anything, arbitrary: fc.oneof(fc.integer(), fc.constantFrom(...commonNumbers)) },
      )
    case 'string':
      return fc.oneof(
        { weight: odds.likely, arbitrary: textFor(member) },
        { weight: odds.anything, arbitrary: fc.oneof(fc.constantFrom(...commonTexts), fc.string()) },
      )
    case 'timestamp':
    case 'blob':
      return fc.jsonValue()
  }
}

export function textFor(member: string): fc.Arbitrary<string> {
  const known = texts[member]
  if (known !== undefined) return fc.constantFrom(...known)
  const kinds = ids[member] ?? (/Ids?$/.test(member) ? anyId : undefined)
  if (kinds === undefined) return fc.constantFrom(...commonTexts)
  return fc.tuple(fc.constantFrom(...kinds), fc.nat(5)).map(([kind, place]) => `@${kind} ${place}`)
}

const anyId = ['dxcon', 'dxlag', 'dxvif', 'dxpeer', 'dxrg', 'uuid', 'vgw'] as const
const onPort = ['dxcon', 'dxcon', 'dxcon', 'dxlag'] as const

const ids: Readonly<Record<string, readonly string[]>> = {
  connectionId: onPort,
  parentConnectionId: onPort,
  connectionIds: ['dxcon'],
  connectionIdentifiers: onPort,
  interconnectId: ['dxcon'],
  lagId: ['dxlag'],
  virtualInterfaceId: ['dxvif'],
  bgpPeerId: ['dxpeer'],
  bgpPeers: ['dxpeer'],
  directConnectGatewayId: ['uuid'],
  associationId: ['uuid'],
  proposalId: ['uuid'],
  resiliencyGroupId: ['dxrg'],
  gatewayId: ['vgw', 'tgw', 'dxgw'],
  associatedGatewayId: ['vgw', 'tgw'],
  secretARN: ['secret'],
  nextToken: ['token'],
  resourceArn: ['arn dxcon', 'arn dxvif', 'arn dxlag', 'arn dx-gateway'],
  resourceArns: ['arn dxcon', 'arn dxvif', 'arn dxlag', 'arn dx-gateway'],
  target: ['dxcon', 'dxlag', 'dxvif', 'dxpeer'],
}

const commonNumbers = [-1, 0, 1, 2, 100, 101, 1_500, 4_094, 4_095, 65_000, 65_536, 4_294_967_295, 2 ** 53]

const numbers: Readonly<Record<string, readonly number[]>> = {
  vlan: [101, 102, 103, 104],
  asn: [65_000, 65_001],
  asnLong: [65_000, 4_200_000_001],
  amazonSideAsn: [64_512, 64_513],
  mtu: [1_500, 8_500, 9_001],
  numberOfConnections: [1, 2],
  minimumLinks: [0, 1],
  maxResults: [1, 100],
  testDurationInMinutes: [10, 180],
  advanceSeconds: [0, 1, 3_600, 86_400, 8_640_000],
}

const commonTexts = [
  'name',
  '',
  '111122223333',
  'dxcon-f1234567',
  'dxvif-f1234567',
  'dxlag-f1234567',
  'us-east-1',
  '2001:db8::1/125',
  '169.254.1.1/30',
  '0.0.0.0/0',
  'x'.repeat(300),
  '\u{202e}../../etc/passwd',
  '\ud800',
  '\u0000',
  '__proto__',
]

const names = ['name', 'Zürich 🙂'] as const

const texts: Readonly<Record<string, readonly string[]>> = {
  location: ['EqDC2', 'EqDC2', 'eqdc2', 'EqDC2-x', 'Nowhere'],
  locationCode: ['EqDC2', 'Nowhere'],
  bandwidth: ['1Gbps', '10Gbps', '50Mbps', '7Gbps'],
  connectionsBandwidth: ['1Gbps', '10Gbps', '50Mbps'],
  connectionBandwidth: ['1Gbps', '50Mbps'],
  connectionName: names,
  lagName: names,
  interconnectName: names,
  virtualInterfaceName: names,
  directConnectGatewayName: names,
  newDirectConnectGatewayName: names,
  resiliencyGroupName: names,
  virtualGatewayId: ['@vgw 0', '@vgw 1', 'vgw-12345678', 'vgw-0123456789abcdef0', 'vgw-x'],
  ownerAccount: ['000000000000', '111111111111', '111122223333'],
  directConnectGatewayOwnerAccount: ['000000000000', '111122223333'],
  associatedGatewayOwnerAccount: ['000000000000', '111122223333'],
  providerName: ['Provider', 'Carrier One'],
  cidr: ['203.0.113.0/24', '198.51.100.0/24', '10.0.0.0/8', '::/0', '2001:db8:1::/48', '1.2.3.4/33'],
  amazonAddress: ['169.254.1.1/30', '203.0.113.1/30', '2001:db8::1/125', '10.0.0.1/30'],
  customerAddress: ['169.254.1.2/30', '203.0.113.2/30', '2001:db8::2/125', '10.0.0.2/30'],
  authKey: ['secretsecret', 'x', 'key with spaces'],
  ckn: ['a'.repeat(64), 'zz'],
  cak: ['b'.repeat(64), 'c'.repeat(32)],
  key: ['team', 'Name', 'aws:mine'],
  value: ['network', ''],
  tagKeys: ['team', 'Name'],
  clientToken: ['token-1', 'token-2'],
  rateLimit: ['1Gbps', '50Mbps'],
  encryptionMode: ['must_encrypt', 'should_encrypt', 'no_encrypt'],
  routerTypeIdentifier: ['CiscoSystemsInc-2900SeriesRouters-IOS124', 'FRRouting-Linux-FRR8'],
}

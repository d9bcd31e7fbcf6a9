// What customers might send to the services beside Direct Connect, by the parameters that their actions declare.
import * as fc from 'fast-check'
import type { Action } from '../../src/wire/companions/action.ts'
import { ec2, sts, tagging } from '../../src/wire/companions/api.ts'
import type { Parameter, Parameters } from '../../src/wire/companions/parameters.ts'
import { keys, textFor } from './inputs.ts'

const actions = { ec2, sts, tagging } as const

/** One call; ids in it are wishes, as in what customers send to Direct Connect. */
export interface CompanionCall {
  readonly service: keyof typeof actions
  readonly action: string
  readonly input: Readonly<Record<string, unknown>>
}

export const companionStep = fc.record({ by: fc.constantFrom('test', 'test', 'test', ...keys), companion: calls() })

function calls(): fc.Arbitrary<CompanionCall> {
  const of = (service: CompanionCall['service'], wanted = (_action: string) => true) =>
    Object.entries<Action>(actions[service])
      .filter(([action]) => wanted(action))
      .map(([action, { parameters }]) => ({ service, action, parameters }))
  // What is made, joined and taken away is what the rest is about.
  const changes = of('ec2', (action) => !/^(Describe|Get|Modify)/.test(action))
  const all = [...of('ec2'), ...of('sts'), ...of('tagging')]
  return fc
    .oneof({ weight: 3, arbitrary: fc.constantFrom(...changes) }, { weight: 1, arbitrary: fc.constantFrom(...all) })
    .chain(({ service, action, parameters }) =>
      fc.record({
        service: fc.constant(service),
        action: fc.constant(action),
        input: group(service === 'ec2' ? { ...parameters, DryRun: 'boolean' } : parameters),
      }),
    )
}

function group(parameters: Parameters): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const members = Object.entries(parameters).map(([declared, parameter]) => {
    const name = declared.replace(/\*$/, '')
    const isUsual = name !== declared || usual.has(name)
    const arbitrary = fc.oneof(
      { weight: 40, arbitrary: value(name, parameter) },
      { weight: 1, arbitrary: fc.oneof(fc.string(), fc.constantFrom(-1, true, {}, [])) },
      { weight: isUsual ? 1 : 80, arbitrary: fc.constant(undefined) },
    )
    return [name, arbitrary] as const
  })
  return fc.record(Object.fromEntries(members))
}

/** What no action requires, though hardly anything works without it. */
const usual: ReadonlySet<string> = new Set(['CidrBlock', 'Key', 'Value', 'Name', 'ResourceType', 'Tag'])

function value(name: string, parameter: Parameter): fc.Arbitrary<unknown> {
  if (parameter === 'boolean') return fc.boolean()
  if (parameter === 'integer') return fc.constantFrom(...(numbers[name] ?? [-1, 0, 1, 5, 1_000]))
  if (parameter === 'string') return name in texts ? fc.constantFrom(...(texts[name] ?? [])) : textFor(name)
  if (isList(parameter)) return fc.array(value(name, parameter[0]), { minLength: 1, maxLength: 3 })
  return group(parameter)
}

function isList(parameter: readonly [Parameter] | Parameters): parameter is readonly [Parameter] {
  return Array.isArray(parameter)
}

const wishes = (...kinds: readonly string[]) =>
  kinds.flatMap((kind) => [0, 1, 2, 5].map((place) => `@${kind} ${place}`))
const anything = wishes('vpc', 'subnet', 'vgw', 'tgw', 'rtb', 'tgw-attach')
const choices = ['enable', 'enable', 'disable', 'maybe']

const numbers: Readonly<Record<string, readonly number[]>> = {
  AmazonSideAsn: [64_512, 64_513, 65_000, 4_200_000_001, 7_224, 0],
  MaxResults: [5, 1_000, 0],
  DurationSeconds: [900, 3_600, 1],
}

const texts: Readonly<Record<string, readonly string[]>> = {
  CidrBlock: ['10.0.0.0/16', '10.1.0.0/16', '10.0.0.0/24', '10.0.1.0/24', '10.0.0.0/8', '192.168.0.0/16', 'x'],
  VpcId: wishes('vpc'),
  VpcIds: wishes('vpc'),
  SubnetId: wishes('subnet'),
  SubnetIds: wishes('subnet'),
  AddSubnetIds: wishes('subnet'),
  RemoveSubnetIds: wishes('subnet'),
  VpnGatewayId: wishes('vgw'),
  GatewayId: wishes('vgw'),
  TransitGatewayId: wishes('tgw'),
  TransitGatewayIds: wishes('tgw'),
  TransitGatewayAttachmentId: wishes('tgw-attach'),
  TransitGatewayAttachmentIds: wishes('tgw-attach'),
  RouteTableId: wishes('rtb'),
  TransitGatewayRouteTableId: wishes('tgw-rtb'),
  AssociationId: wishes('vpc-cidr-assoc'),
  NetworkAclId: wishes('acl'),
  GroupId: wishes('sg'),
  ResourceId: anything,
  NextToken: ['@token 0', 'x'],
  PaginationToken: ['@token 0', '', 'x'],
  ResourceARNList: [
    '@arn dxcon 0',
    '@arn dxvif 0',
    '@arn dx-gateway 0',
    'arn:aws:ec2:us-east-1:000000000000:vpc/vpc-1',
    'x',
  ],
  ResourceTypeFilters: ['directconnect', 'directconnect:dxcon', 'ec2:vpc', 'ec2', 'x'],
  Type: ['ipsec.1', 'ipsec.1', 'ipsec.1', 'x'],
  ResourceType: ['vpc', 'subnet', 'vpn-gateway', 'transit-gateway', 'route-table', 'transit-gateway-attachment', 'x'],
  AvailabilityZone: ['us-east-1a', 'us-east-1b', 'eu-west-1a', 'x'],
  InstanceTenancy: ['default', 'dedicated', 'x'],
  Attribute: ['enableDnsSupport', 'enableDnsHostnames', 'enableNetworkAddressUsageMetrics', 'x'],
  AttributeName: ['supported-platforms', 'default-vpc', 'x'],
  GroupName: ['default', 'x'],
  Description: ['of somebody', '', 'x'.repeat(300)],
  AutoAcceptSharedAttachments: choices,
  DefaultRouteTableAssociation: choices,
  DefaultRouteTablePropagation: choices,
  VpnEcmpSupport: choices,
  DnsSupport: choices,
  SecurityGroupReferencingSupport: choices,
  MulticastSupport: choices,
  Ipv6Support: choices,
  ApplianceModeSupport: choices,
  TransitGatewayCidrBlocks: ['10.99.0.0/24', '2001:db8::/64', 'x'],
  AddTransitGatewayCidrBlocks: ['10.99.0.0/24', '10.98.0.0/24', 'x'],
  RemoveTransitGatewayCidrBlocks: ['10.99.0.0/24', 'x'],
  Name: [
    'vpc-id',
    'subnet-id',
    'state',
    'tag:Name',
    'tag-key',
    'resource-id',
    'owner-id',
    'transit-gateway-id',
    'association.main',
    'nothing',
  ],
  Value: [...anything, 'available', 'true', '*', 'n?twork*', 'x', '', '10.0.0.0/16', '<&>\u0000\ud800'],
  Key: ['Name', 'team', 'aws:mine', '', '<k>'],
  RoleArn: ['arn:aws:iam::444455556666:role/deploy', 'arn:aws:iam::000000000000:role/a/b', 'x'],
  RoleSessionName: ['tom', 'x', 'no spaces'],
}

/** How a call is written: as JSON, or as a form in which a place in a structure or list is part of a field's name. */
export function companionRequest({ service, action, input }: CompanionCall) {
  if (service === 'tagging')
    return { headers: { 'x-amz-target': `ResourceGroupsTaggingAPI_20170126.${action}` }, body: JSON.stringify(input) }
  const form = new URLSearchParams({ Action: action, Version: service === 'ec2' ? '2016-11-15' : '2011-06-15' })
  const add = (name: string, given: unknown): void => {
    if (typeof given !== 'object' || given === null) return form.append(name, String(given))
    const parts = Array.isArray(given) ? given.map((each, at) => [at + 1, each] as const) : Object.entries(given)
    for (const [part, each] of parts) add(`${name}.${part}`, each)
  }
  for (const [name, given] of Object.entries(input)) add(name, given)
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'x-amz-target': null }
  return { headers, body: form.toString() }
}

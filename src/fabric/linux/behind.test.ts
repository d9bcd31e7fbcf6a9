import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numbered } from '../../../test/tools/gateway-world.ts'
import type { DesiredGateway } from '../../product/desired/desired.ts'
import type { Route } from '../../product/routing/accepted.ts'
import { behindEach, placedBehind } from './behind.ts'

function publicGateway(number: number, region: string): DesiredGateway {
  const virtualInterfaces = [numbered(number, { type: 'public', region })]
  return { id: `public ${region}`, asn: 7224, virtualInterfaces, vpcIds: [] }
}

const east = publicGateway(1, 'us-east-1')
const west = publicGateway(2, 'us-west-1')
const europe = publicGateway(3, 'eu-west-1')
const china = publicGateway(4, 'cn-north-1')

const route = (cidr: string, facts: Partial<Route> = {}): Route => ({
  cidr,
  asPath: [7224],
  communities: [],
  med: null,
  ...facts,
})

test('each Region with a public gateway is a part of its own, beside what else is on each continent', () => {
  const parts = (...gateways: readonly DesiredGateway[]) =>
    placedBehind(gateways, []).map(({ vpc, fronts }) => [vpc.id, fronts])
  const both = [east.id]
  assert.deepEqual(parts(east).toSorted(), [
    ['public elsewhere in Asia Pacific', both],
    ['public elsewhere in Europe, Middle East and Africa', both],
    ['public elsewhere in North America', both],
    ['public elsewhere in South America', both],
    ['public us-east-1', both],
  ])
  const several = new Map(placedBehind([west, china, europe, east], []).map(({ vpc, fronts }) => [vpc.id, fronts]))
  assert.deepEqual(several.get('public us-west-1'), [west.id, europe.id, east.id], 'its own first')
  assert.deepEqual(several.get('public elsewhere in South America'), [europe.id, east.id, west.id])
  assert.deepEqual(several.get('public cn-north-1'), [china.id])
  assert.deepEqual(several.get('public elsewhere in aws-cn'), [china.id])
})

test('a public gateway sees its own Region first, and everything else as far away as it is', () => {
  const seen = behindEach(placedBehind([west, europe], []))(west).map(([{ id, region }]) => [region, id])
  assert.deepEqual(seen[0], ['region', 'public us-west-1'])
  assert.ok(seen.some(([region, id]) => region === 'continent' && id === 'public elsewhere in North America'))
  assert.ok(seen.some(([region, id]) => region === 'world' && id === 'public eu-west-1'))
})

test('what is public in a Region reaches each network over one gateway: as the routing model chooses', () => {
  const parts = new Map(placedBehind([east, west, europe], []).map((part) => [part.vpc.id, part]))
  const over = (name: string, announced: Readonly<Record<string, readonly Route[]>>, cidr = '20.0.0.0/16') => {
    const fronts = parts.get(`public ${name}`)?.leading(new Map(Object.entries(announced))) ?? []
    return fronts.filter(({ cidrs }) => cidrs.includes(cidr)).map(({ gatewayId }) => gatewayId)
  }
  const [network, longer] = [route('20.0.0.0/16'), route('20.0.0.0/16', { asPath: [7224, 3356] })]
  const equal = { [east.id]: [network], [west.id]: [network], [europe.id]: [network] }
  assert.deepEqual(over('us-west-1', equal), [west.id], 'the Region itself')
  assert.deepEqual(over('elsewhere in Asia Pacific', equal), [europe.id], 'the first by name')
  assert.deepEqual(over('us-west-1', { ...equal, [west.id]: [longer] }), [europe.id], 'the shorter AS path')
  const near = { [east.id]: [route('20.0.0.0/16', { communities: ['7224:9100'] })], [west.id]: [longer] }
  assert.deepEqual(over('us-east-1', near), [east.id])
  assert.deepEqual(over('eu-west-1', near), [west.id], 'what is kept back there is not known')
  assert.deepEqual(over('eu-west-1', { [east.id]: near[east.id] ?? [] }), [])
  const part = { [east.id]: [network], [west.id]: [route('20.0.1.0/24', { asPath: [7224, 3356] })] }
  assert.deepEqual([over('eu-west-1', part), over('eu-west-1', part, '20.0.1.0/24')], [[east.id], [west.id]])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { contains, networkOf, parseCidr, showCidr } from '../addresses/cidr.ts'
import type { Route } from './accepted.ts'
import { type Candidate, choosePaths } from './path-choice.ts'

const destination = { family: 'ipv4', address: (10n << 24n) + 5n, length: 32 } as const
const route = (facts: Partial<Route> = {}): Route => ({
  cidr: '10.0.0.0/16',
  asPath: [65001],
  communities: [],
  med: null,
  ...facts,
})
const candidate = (bgpPeerId: string, region: string, ...routes: readonly Route[]): Candidate => ({
  bgpPeerId,
  region,
  siteLinkEnabled: false,
  routes: routes.length === 0 ? [route()] : routes,
})
const chosen = (candidates: readonly Candidate[], home: string | null = 'us-east-1') =>
  choosePaths(destination, candidates, home)
    .filter((choice) => choice.chosen)
    .map((choice) => choice.candidate.bgpPeerId)
const path = (length: number) => ({ asPath: Array.from({ length }, () => 65001) })
const tagged = (community: string) => ({ communities: [community] })

// The example of the routing page: A and B are at home, C is not and has the shortest path.
const a = candidate('a', 'us-east-1', route(path(3)))
const b = candidate('b', 'us-east-1', route(path(2)))
const c = candidate('c', 'us-west-1', route(path(1)))

test('without tags the home Region is first whatever the AS paths, and within it the shorter one', () => {
  assert.deepEqual(chosen([a, b, c]), ['b'])
  assert.deepEqual(chosen([a, c]), ['a'])
  assert.deepEqual(chosen([c]), ['c'])
  assert.deepEqual(chosen([a, b, c], 'us-west-1'), ['c'])
})

test('a location of another Region wins with a longer prefix', () => {
  const longer = candidate('c', 'us-west-1', route({ cidr: '10.0.0.0/17', ...path(1) }))
  assert.deepEqual(chosen([a, b, longer]), ['c'])
})

test('with equal tags on all, Regions do not matter: the AS path decides, and equal ones share the load', () => {
  const equal = (...tags: readonly string[]) =>
    [a, b, c].map((each) => ({ ...each, routes: each.routes.map((r) => ({ ...r, communities: tags })) }))
  for (const tag of ['7224:7100', '7224:7200', '7224:7300']) assert.deepEqual(chosen(equal(tag)), ['c'])
  const shared = ['x', 'y', 'z'].map((id) => candidate(id, `${id}-1`, route(tagged('7224:7100'))))
  assert.deepEqual(chosen(shared), ['x', 'y', 'z'])
})

test('7224:7300 is before 7224:7200, which is what the home Region has, before other Regions, before 7224:7100', () => {
  const order = [
    candidate('high', 'us-west-1', route({ ...tagged('7224:7300'), ...path(9) })),
    candidate('medium', 'us-west-1', route({ ...tagged('7224:7200'), ...path(3) })),
    candidate('home', 'us-east-1', route(path(4))),
    candidate('remote', 'us-west-1', route(path(1))),
    candidate('low', 'us-east-1', route({ ...tagged('7224:7100'), ...path(1) })),
  ]
  for (const [index, { bgpPeerId }] of order.entries()) assert.deepEqual(chosen(order.slice(index)), [bgpPeerId])
  assert.deepEqual(
    choosePaths(destination, order, 'us-east-1').map(({ localPreference }) => localPreference),
    ['high', 'medium', 'medium', 'remote', 'low'],
  )
})

test('equal AS paths, whatever ASNs are in them, are told apart by MED, and else share the load', () => {
  const one = candidate('one', 'us-east-1', route({ asPath: [65001], med: 10 }))
  const two = candidate('two', 'us-east-1', route({ asPath: [65002], med: 20 }))
  const none = candidate('none', 'us-east-1', route({ asPath: [65003] }))
  const zero = candidate('zero', 'us-east-1', route({ asPath: [65004], med: 0 }))
  assert.deepEqual(chosen([one, two]), ['one'])
  assert.deepEqual(chosen([one, two, none, zero]), ['none', 'zero'])
})

test('with SiteLink on a virtual interface its Region does not matter, and the shorter AS path wins', () => {
  assert.deepEqual(chosen([a, b, { ...c, siteLinkEnabled: true }]), ['c'])
})

test('each way says why it is taken or not', () => {
  const reasons = (...candidates: readonly Candidate[]) =>
    choosePaths(destination, candidates, 'us-east-1').map(({ reason }) => reason)
  assert.deepEqual(reasons(a), ['the only path'])
  assert.deepEqual(reasons(a, b, c), [
    'shortest AS path: 3, others have 2',
    'shortest AS path: 2',
    'local preference: remote, others have medium',
  ])
  assert.deepEqual(reasons(candidate('x', 'us-east-1'), candidate('y', 'us-east-1')), [
    'all are equal; one of 2 that share the load',
    'all are equal; one of 2 that share the load',
  ])
  assert.deepEqual(reasons(candidate('x', 'us-east-1', route({ cidr: '10.0.0.0/24' })), b), [
    'longest prefix: 10.0.0.0/24',
    'longest prefix: 10.0.0.0/16, others have 10.0.0.0/24',
  ])
})

const anyRoute: fc.Arbitrary<Route> = fc.record({
  cidr: fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 8, 24, 25, 32))
    .map(([low, length]) => showCidr(networkOf({ family: 'ipv4', address: (10n << 24n) + BigInt(low * 5), length }))),
  asPath: fc.array(fc.constantFrom(65001, 65002), { minLength: 1, maxLength: 3 }),
  communities: fc.subarray(['7224:7100', '7224:7200', '7224:7300', '65001:1']),
  med: fc.option(fc.nat(2)),
})
const anyCandidates = fc
  .array(
    fc.record({
      region: fc.constantFrom('us-east-1', 'us-west-1'),
      siteLinkEnabled: fc.boolean(),
      routes: fc.uniqueArray(anyRoute, { maxLength: 4, selector: ({ cidr }) => cidr }),
    }),
    { maxLength: 5 },
  )
  .map((some) => some.map((each, index) => ({ ...each, bgpPeerId: `dxpeer-${index}` })))

test('something is chosen wherever something contains the destination, and nothing that does not', () => {
  fc.assert(
    fc.property(anyCandidates, (candidates) => {
      const choices = choosePaths(destination, candidates, 'us-east-1')
      const isContained = ({ cidr }: Route) => {
        const parsed = parseCidr(cidr)
        return parsed !== undefined && contains(parsed, destination)
      }
      assert.deepEqual(
        choices.map((choice) => choice.candidate),
        candidates.filter(({ routes }) => routes.some(isContained)),
      )
      assert.ok(choices.every((choice) => isContained(choice.route)))
      assert.equal(
        choices.some((choice) => choice.chosen),
        choices.length > 0,
      )
    }),
  )
})

test('the order of the candidates does not matter, and neither does one that is not chosen', () => {
  fc.assert(
    fc.property(anyCandidates, fc.option(fc.constant('us-east-1')), (candidates, home) => {
      const taken = chosen(candidates, home)
      assert.deepEqual(chosen(candidates.toReversed(), home), taken.toReversed())
      for (const { bgpPeerId } of candidates) {
        const others = candidates.filter((each) => each.bgpPeerId !== bgpPeerId)
        const left = taken.filter((each) => each !== bgpPeerId)
        if (left.length > 0) assert.deepEqual(chosen(others, home), left)
      }
    }),
  )
})

test('of any two the better one by prefix, preference, AS path and MED, in this order, is chosen', () => {
  const preference = { high: 4, medium: 3, remote: 2, low: 1 }
  fc.assert(
    fc.property(anyCandidates, (candidates) => {
      const ranked = choosePaths(destination, candidates, 'us-east-1').map((choice) => ({
        chosen: choice.chosen,
        rank: [
          parseCidr(choice.route.cidr)?.length ?? 0,
          preference[choice.localPreference],
          -choice.route.asPath.length,
          -(choice.route.med ?? 0),
        ],
      }))
      const compare = (x: readonly number[], y: readonly number[]) =>
        x.map((value, index) => value - (y[index] ?? 0)).find((difference) => difference !== 0) ?? 0
      const best = ranked.map(({ rank }) => rank).toSorted((x, y) => compare(y, x))[0] ?? []
      for (const each of ranked) assert.equal(each.chosen, compare(each.rank, best) === 0)
    }),
    { numRuns: 500 },
  )
})

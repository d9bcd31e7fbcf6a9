import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type Cidr, contains, networkOf, overlaps, parseCidr, showCidr, within } from '../addresses/cidr.ts'
import { isPrivateAsn } from '../bgp/asn.ts'
import { acceptedRoutes, countAccepted, usualRoutes } from './accepted.ts'
import type { CustomerRoute } from './customer-routes.ts'

const privately = { type: 'private', amazonSideAsn: 64512, routeFilterPrefixes: [] } as const
const publicly = {
  type: 'public',
  amazonSideAsn: 7224,
  routeFilterPrefixes: ['198.51.100.0/24', '2001:db8:1::/48'],
} as const
const ipv4 = { addressFamily: 'ipv4', asn: 65000 } as const
const ipv6 = { addressFamily: 'ipv6', asn: 65000 } as const
const cidrsOf = (routes: readonly { readonly cidr: string }[]) => routes.map(({ cidr }) => cidr)

const network: fc.Arbitrary<Cidr> = fc
  .tuple(fc.bigInt({ min: 0n, max: (1n << 32n) - 1n }), fc.integer({ min: 0, max: 32 }))
  .map(([address, length]) => networkOf({ family: 'ipv4', address, length }))
const asn = fc.oneof(
  fc.integer({ min: 1, max: 4_294_967_294 }),
  fc.constantFrom(7224, 64512, 65000, 65001, 4_200_000_000),
)
const community = fc.oneof(
  fc.constantFrom('7224:7100', '7224:7300', '7224:9100', '7224:8100', '7224:1', '65000:7224', '72240:1'),
  fc.tuple(fc.nat(65535), fc.nat(65535)).map((parts) => parts.join(':')),
)
const route: fc.Arbitrary<CustomerRoute> = fc.record({
  cidr: network.map(showCidr),
  asPath: fc.array(asn, { maxLength: 4 }),
  communities: fc.array(community, { maxLength: 4 }),
})

test('on a private or transit virtual interface every prefix of the family is accepted, the default route too', () => {
  const routes = [{ cidr: '0.0.0.0/0' }, { cidr: '10.0.0.0/8' }, { cidr: '10.1.2.3/32' }, { cidr: '2001:db8::/32' }]
  assert.deepEqual(cidrsOf(acceptedRoutes(privately, ipv4, routes)), ['0.0.0.0/0', '10.0.0.0/8', '10.1.2.3/32'])
  assert.deepEqual(cidrsOf(acceptedRoutes(privately, ipv6, routes)), ['2001:db8::/32'])
  assert.deepEqual(countAccepted(privately, routes), { ipv4: 3, ipv6: 1 })
})

test('on a public one only what lies inside its route filter prefixes, IPv6 up to /64', () => {
  const routes = `
    198.51.100.0/24 198.51.100.128/25 198.51.100.1/32 198.51.0.0/16 203.0.113.0/24 0.0.0.0/0
    2001:db8:1::/48 2001:db8:1:2::/64 2001:db8:1::/65 2001:db8::/32
  `
    .trim()
    .split(/\s+/)
    .map((cidr) => ({ cidr }))
  assert.deepEqual(cidrsOf(acceptedRoutes(publicly, ipv4, routes)), cidrsOf(routes.slice(0, 3)))
  assert.deepEqual(cidrsOf(acceptedRoutes(publicly, ipv6, routes)), cidrsOf(routes.slice(6, 8)))
  assert.deepEqual(countAccepted(publicly, routes), { ipv4: 3, ipv6: 2 })
  fc.assert(
    fc.property(fc.array(network, { maxLength: 6 }), fc.array(network), (filters, announced) => {
      const vif = { ...publicly, routeFilterPrefixes: filters.map(showCidr) }
      const expected = announced.filter((cidr) => cidr.length > 0 && filters.some((filter) => contains(filter, cidr)))
      const routes = announced.map((cidr) => ({ cidr: showCidr(cidr) }))
      assert.deepEqual(cidrsOf(acceptedRoutes(vif, ipv4, routes)), expected.map(showCidr))
      assert.equal(countAccepted(vif, routes).ipv4, expected.length)
    }),
  )
})

test('within says whether a network lies in any of several, as asking each would', () => {
  fc.assert(
    fc.property(fc.array(network, { maxLength: 6 }), network, (some, cidr) => {
      assert.equal(
        within(some)(cidr),
        some.some((each) => contains(each, cidr)),
      )
      assert.ok(!within(some)(cidr) || some.some((each) => overlaps(each, cidr)))
    }),
  )
  assert.equal(within([{ family: 'ipv6', address: 0n, length: 0 }])({ family: 'ipv4', address: 0n, length: 8 }), false)
})

test('a path begins with the customer and is as they prepended it; one with our own ASN in it is a loop', () => {
  const prepended = { cidr: '10.0.0.0/8', asPath: [65000, 65000], med: 5 }
  assert.deepEqual(acceptedRoutes(privately, ipv4, [prepended]), [
    { cidr: '10.0.0.0/8', asPath: [65000, 65000, 65000], communities: [], med: 5 },
  ])
  assert.deepEqual(acceptedRoutes(privately, ipv4, [{ cidr: '10.0.0.0/8', asPath: [65001, 64512] }]), [])
})

test('on a public one a private ASN is stripped and 7224 stands in its place, so prepending is useless', () => {
  const path = (customer: number, ...asPath: number[]) =>
    acceptedRoutes(publicly, { ...ipv4, asn: customer }, [{ cidr: '198.51.100.0/24', asPath }])[0]?.asPath
  assert.deepEqual(path(65000), [7224])
  assert.deepEqual(path(65000, 65000, 65000), [7224])
  assert.deepEqual(path(65000, 65001, 64496), [7224, 64496])
  assert.deepEqual(path(64496, 64496, 65001), [64496, 64496], 'a public ASN may be prepended')
  fc.assert(
    fc.property(fc.array(route), asn, (routes, customer) => {
      const anywhere = { ...publicly, routeFilterPrefixes: ['0.0.0.0/0'] }
      for (const { asPath } of acceptedRoutes(anywhere, { ...ipv4, asn: customer }, routes)) {
        assert.ok(asPath.length > 0)
        assert.ok(!asPath.some(isPrivateAsn))
      }
    }),
  )
})

test('of communities that are ours only those that mean something are kept, and all of others', () => {
  const communities = ['7224:7300', '7224:9100', '7224:8100', '7224:1', '65000:1', '72240:1']
  const kept = (vif: typeof privately | typeof publicly) =>
    acceptedRoutes(vif, ipv4, [{ cidr: '198.51.100.0/24', communities }])[0]?.communities
  assert.deepEqual(kept(privately), ['7224:7300', '65000:1', '72240:1'])
  assert.deepEqual(kept(publicly), ['7224:9100', '65000:1', '72240:1'])
  fc.assert(
    fc.property(fc.array(route), (routes) => {
      const accepted = acceptedRoutes(privately, ipv4, routes)
      for (const { communities: left } of accepted)
        assert.ok(left.every((each) => !each.startsWith('7224:') || /^7224:7[123]00$/.test(each)))
      assert.equal(countAccepted(privately, routes).ipv4, accepted.length)
    }),
  )
})

test('as long as nobody says what is announced it is the route filter prefixes on a public one, nothing on others', () => {
  assert.deepEqual(usualRoutes(privately), [])
  assert.deepEqual(cidrsOf(usualRoutes(publicly)), publicly.routeFilterPrefixes)
  assert.deepEqual(parseCidr(usualRoutes(publicly)[0]?.cidr ?? '')?.length, 24)
})

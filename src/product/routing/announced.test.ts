import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { contains, networkOf, overlaps, parseCidr, showCidr } from '../addresses/cidr.ts'
import { sites } from '../inventory/sites.ts'
import type { InstalledRoute } from '../observed.ts'
import { announcedBehind, announcedRoutes, type GatewayEnd, type Since } from './announced.ts'
import { publicRoutes } from './public-prefixes.ts'

const since = (...cidrs: readonly string[]): readonly Since[] => cidrs.map((cidr) => ({ cidr, since: 0 }))
const end = (facts: Partial<GatewayEnd>): GatewayEnd => ({
  gatewayId: 'vgw-0123456789abcdef0',
  type: 'virtualPrivateGateway',
  region: 'us-east-1',
  blocks: [],
  allowed: null,
  ...facts,
})
const behind = (facts: Partial<GatewayEnd>) => announcedBehind(end(facts)).map(({ cidr }) => cidr)
const vif = { type: 'private', region: 'us-east-1', amazonSideAsn: 64512 } as const

/** Close together, so that they nest. */
const network = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 8, max: 16 }))
  .map(([last, length]) => showCidr(networkOf({ family: 'ipv4', address: BigInt((10 << 24) + (last << 16)), length })))
const networks = fc.uniqueArray(network, { maxLength: 6 })

const isInside = (inner: string, outer: string) => {
  const [a, b] = [parseCidr(outer), parseCidr(inner)]
  return a !== undefined && b !== undefined && contains(a, b)
}

test('to a virtual private gateway the blocks of its VPC are announced', () => {
  assert.deepEqual(behind({ blocks: since('10.0.0.0/16', '10.1.0.0/24') }), ['10.0.0.0/16', '10.1.0.0/24'])
})

test('across a Direct Connect gateway only blocks equal to or inside an allowed prefix are', () => {
  const blocks = since('10.0.0.0/16')
  const across = (...allowed: readonly string[]) => behind({ blocks, allowed: since(...allowed) })
  assert.deepEqual(across('22.0.0.0/24'), [])
  assert.deepEqual(across('10.0.0.0/24'), [])
  assert.deepEqual(across('10.0.0.0/15'), ['10.0.0.0/16'])
  assert.deepEqual(across('10.0.0.0/16'), ['10.0.0.0/16'])
  assert.deepEqual(across(), [])
  fc.assert(
    fc.property(networks, networks, network, (vpc, allowed, more) => {
      const announced = behind({ blocks: since(...vpc), allowed: since(...allowed) })
      assert.deepEqual(
        announced,
        vpc.filter((block) => allowed.some((prefix) => isInside(block, prefix))),
      )
      const extended = behind({ blocks: since(...vpc), allowed: since(...allowed, more) })
      assert.ok(
        announced.every((cidr) => extended.includes(cidr)),
        'to allow more takes nothing away',
      )
      assert.deepEqual(behind({ blocks: since(...vpc), allowed: since('0.0.0.0/0') }), vpc)
    }),
  )
})

test('across one to a transit gateway the allowed prefixes are announced as they are, whatever is behind it', () => {
  fc.assert(
    fc.property(networks, networks, (vpc, allowed) => {
      const facts = { type: 'transitGateway', blocks: since(...vpc), allowed: since(...allowed) } as const
      assert.deepEqual(behind(facts), allowed)
    }),
  )
})

test('a block is announced from when it, and the first prefix that lets it through, are there', () => {
  const allowed = [
    { cidr: '10.0.0.0/8', since: 30 },
    { cidr: '10.0.0.0/15', since: 20 },
    { cidr: '11.0.0.0/8', since: 10 },
  ]
  const at = (from: number) => announcedBehind(end({ blocks: [{ cidr: '10.0.0.0/16', since: from }], allowed }))
  assert.deepEqual([at(5)[0]?.since, at(25)[0]?.since], [20, 25])
})

test('a session announces its own family, each prefix once, behind the ASN of our side', () => {
  const ends = [
    end({ blocks: since('10.0.0.0/16', '2001:db8::/56'), allowed: since('10.0.0.0/8', '::/0') }),
    end({ type: 'transitGateway', allowed: since('10.0.0.0/16') }),
  ]
  const route = { asPath: [64512], communities: [], med: null, since: 0 }
  assert.deepEqual(announcedRoutes(vif, 'ipv4', ends), [{ cidr: '10.0.0.0/16', ...route }])
  assert.deepEqual(announcedRoutes(vif, 'ipv6', ends), [{ cidr: '2001:db8::/56', ...route }])
})

test('with SiteLink other sites are announced too, the shorter AS path first, without what they told us alone', () => {
  const site = { communities: ['7224:7300', '65000:9'], med: null, installedAt: 7 }
  const accepted = [
    { ...site, cidr: '192.168.0.0/16', asPath: [65001, 65001] },
    { ...site, cidr: '192.168.0.0/16', asPath: [65002] },
    { ...site, cidr: '10.0.0.0/16', asPath: [65001] },
    { ...site, cidr: '2001:db8:5::/48', asPath: [65001] },
  ]
  const ends = [end({ blocks: since('10.0.0.0/16') })]
  assert.deepEqual(
    announcedRoutes(vif, 'ipv4', ends, accepted).map(({ cidr, asPath, communities }) => [cidr, asPath, communities]),
    [
      ['10.0.0.0/16', [64512], []],
      ['192.168.0.0/16', [64512, 65002], ['65000:9']],
    ],
  )
})

test('with SiteLink the path that is taken is announced: the one with the higher preference, and not to where it leads', () => {
  const site = { asPath: [65002], communities: [], med: null, installedAt: 6 }
  const far = { ...site, cidr: '192.168.0.0/16', asPath: [65002, 65002, 65002], communities: ['7224:7300'] }
  const near = { ...site, cidr: '192.168.0.0/16' }
  const paths = (sites: readonly InstalledRoute[], own: readonly InstalledRoute[]) =>
    announcedRoutes(vif, 'ipv4', [], sites, own).map(({ asPath }) => asPath)
  assert.deepEqual(paths([near, far], []), [[64512, 65002, 65002, 65002]])
  assert.deepEqual(paths([near], [far]), [])
  assert.deepEqual(paths([far], [near]), [[64512, 65002, 65002, 65002]])
})

test('what is to go no farther is not announced over SiteLink', () => {
  const route = { cidr: '192.168.0.0/16', asPath: [65002], communities: ['65535:65281'], med: null, installedAt: 6 }
  assert.deepEqual(announcedRoutes(vif, 'ipv4', [], [route]), [])
})

test('a public virtual interface announces every Region, with the community of its distance and NO_EXPORT', () => {
  const tags = (home: string) => {
    const routes = publicRoutes(home, 'ipv4')
    const count = (tag: string) => routes.filter(({ communities }) => communities.includes(tag)).length
    assert.ok(routes.every(({ asPath }) => asPath.length >= 3))
    assert.equal(count('65535:65281'), routes.length)
    return [count('7224:8100'), count('7224:8200'), routes.length]
  }
  assert.deepEqual(tags('us-east-1'), [1, 8, 36])
  assert.deepEqual(tags('eu-central-1'), [1, 11, 36])
  assert.deepEqual(tags('sa-east-1'), [1, 0, 36])
  assert.deepEqual(tags('us-gov-west-1'), [1, 8, 36])
  assert.deepEqual(tags('cn-north-1'), [1, 1, 2], 'China is announced in China only, and nothing else there')
  assert.deepEqual(tags('eusc-de-east-1'), [1, 0, 1])
})

test('the public prefixes of Regions are apart, and every location is in a Region that has some', () => {
  for (const family of ['ipv4', 'ipv6'] as const) {
    const all = [...publicRoutes('us-east-1', family), ...publicRoutes('cn-north-1', family)].map(({ cidr }) =>
      parseCidr(cidr),
    )
    for (const [index, cidr] of all.entries())
      for (const other of all.slice(index + 1))
        assert.ok(cidr !== undefined && other !== undefined && cidr.family === family && !overlaps(cidr, other))
  }
  for (const [code, , , region] of sites)
    assert.equal(publicRoutes(region, 'ipv4').filter((r) => r.communities.includes('7224:8100')).length, 1, code)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type Cidr, contains, networkOf, parseCidr, showCidr } from '../addresses/cidr.ts'
import { example, examplePeer } from '../virtual-interfaces/example.test-fixture.ts'
import { inboundRules, outboundRules, type PrefixRule } from './filters.ts'
import { cidrOf } from './notation.ts'
import { exampleSetup } from './setup.test-fixture.ts'

const inside = { ...examplePeer, amazonAddress: '10.1.2.1/30', customerAddress: '10.1.2.2/30' }
const six = {
  ...examplePeer,
  addressFamily: 'ipv6',
  amazonAddress: 'fd00:1::1/125',
  customerAddress: 'fd00:1::6/125',
} as const
const setup = exampleSetup(example, [inside, six])
const open = exampleSetup({ ...example, type: 'public', routeFilterPrefixes: ['198.51.100.0/24', '2001:db8:1::/48'] }, [
  examplePeer,
])

const parsed = (cidr: string): Cidr => {
  const found = parseCidr(cidr)
  assert.ok(found !== undefined, cidr)
  return found
}

/** As routers read a list: the first that fits decides, what fits none is refused. */
function lets(rules: readonly PrefixRule[], cidr: string): boolean {
  const route = parsed(cidr)
  const first = rules.find(({ network, orLonger }) => {
    const named = parsed(cidrOf(network))
    return orLonger ? contains(named, route) : showCidr(named) === showCidr(route)
  })
  return first?.action === 'permit'
}

const ipv4 = fc
  .tuple(fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }), fc.integer({ min: 0, max: 32 }))
  .map(([address, length]) => showCidr(networkOf({ family: 'ipv4', address, length })))

test('on a private or transit virtual interface networks of RFC 1918 and RFC 4193 are announced, and no others', () => {
  for (const cidr of ['10.0.0.0/8', '172.31.4.0/24', '192.168.50.1/32'])
    assert.ok(lets(outboundRules(setup, 'ipv4'), cidr))
  assert.ok(lets(outboundRules(setup, 'ipv6'), 'fd00:50::/64'))
  const internal = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(parsed)
  fc.assert(
    fc.property(ipv4, (cidr) => {
      const isInternal = internal.some((range) => contains(range, parsed(cidr)))
      const isPeering = contains(parsed('10.1.2.0/30'), parsed(cidr))
      assert.equal(lets(outboundRules(setup, 'ipv4'), cidr), isInternal && !isPeering)
    }),
  )
})

test('the network of a session is neither announced nor taken', () => {
  for (const rules of [outboundRules, inboundRules]) {
    for (const cidr of ['10.1.2.0/30', '10.1.2.2/32', '169.254.0.0/30'])
      assert.ok(!lets(rules(setup, 'ipv4'), cidr), cidr)
    for (const cidr of ['fd00:1::/125', 'fd00:1::6/128']) assert.ok(!lets(rules(setup, 'ipv6'), cidr), cidr)
  }
})

test('on a public virtual interface exactly its prefixes are announced', () => {
  assert.ok(lets(outboundRules(open, 'ipv4'), '198.51.100.0/24'))
  assert.ok(lets(outboundRules(open, 'ipv6'), '2001:db8:1::/48'))
  assert.ok(!lets(outboundRules(open, 'ipv4'), '198.51.100.0/25'))
  fc.assert(
    fc.property(ipv4, (cidr) => assert.equal(lets(outboundRules(open, 'ipv4'), cidr), cidr === '198.51.100.0/24')),
  )
})

test('whatever a VPC may have is taken, and on a public virtual interface neither private networks nor your own', () => {
  for (const cidr of ['10.20.0.0/16', '100.64.0.0/16', '198.18.0.0/22', '0.0.0.0/1'])
    assert.ok(lets(inboundRules(setup, 'ipv4'), cidr), cidr)
  assert.ok(lets(inboundRules(setup, 'ipv6'), '2600:1f00::/56'))
  assert.ok(lets(inboundRules(open, 'ipv4'), '198.18.0.0/22'))
  for (const cidr of ['10.20.0.0/16', '198.51.100.0/24', '198.51.100.7/32', '127.0.0.0/8', '224.0.0.0/4'])
    assert.ok(!lets(inboundRules(open, 'ipv4'), cidr), cidr)
})

test('a default route is taken only where one is announced at the moment, and never announced', () => {
  const all = exampleSetup({ ...example, type: 'transit' }, [examplePeer], { announced: ['0.0.0.0/0', '::/0'] })
  for (const [family, cidr] of [
    ['ipv4', '0.0.0.0/0'],
    ['ipv6', '::/0'],
  ] as const) {
    assert.ok(lets(inboundRules(all, family), cidr))
    assert.ok(!lets(inboundRules(setup, family), cidr))
    assert.ok(!lets(outboundRules(all, family), cidr))
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  type Cidr,
  firstOverlap,
  freeNetwork,
  hasHostBits,
  lastAddressOf,
  networkOf,
  overlapping,
  overlaps,
  parseCidr,
  sameNetwork,
  showCidr,
} from './cidr.ts'
import { isPublic, isUsable } from './special-ranges.ts'

const cidr4 = fc
  .record({ address: fc.bigInt(0n, 2n ** 32n - 1n), length: fc.integer({ min: 0, max: 32 }) })
  .map((c): Cidr => ({ family: 'ipv4', ...c }))
const cidr6 = fc
  .record({ address: fc.bigInt(0n, 2n ** 128n - 1n), length: fc.integer({ min: 0, max: 128 }) })
  .map((c): Cidr => ({ family: 'ipv6', ...c }))
const anyCidr = fc.oneof(cidr4, cidr6)
const crowded = fc
  .record({ host: fc.bigInt(0n, 255n), length: fc.integer({ min: 24, max: 32 }) })
  .map(({ host, length }): Cidr => ({ family: 'ipv4', address: 0xc0000200n + host, length }))

const parsed = (text: string): Cidr => {
  const cidr = parseCidr(text)
  assert.ok(cidr !== undefined, text)
  return cidr
}

test('what is shown is read back as the same, in one spelling', () => {
  fc.assert(fc.property(anyCidr, (cidr) => assert.deepEqual(parseCidr(showCidr(cidr)), cidr)))
  assert.equal(showCidr(parsed('2001:0DB8:0:0:0:0:0:0/32')), '2001:db8::/32')
  assert.equal(showCidr(parsed('::FFFF:192.0.2.1/96')), '::ffff:c000:201/96')
})

test('CIDR notation is read strictly', () => {
  for (const text of [
    '',
    '10.0.0.1',
    '::1',
    '10.0.0/24',
    '010.0.0.1/24',
    '10.0.0.1/33',
    '10.0.0.1/024',
    '10.0.0.1/-1',
    '10.0.0.1/',
    ' 10.0.0.1/24',
    '10.0.0.1/24\n',
    '10.0.0.256/24',
    '10.0.0.1/24/24',
    '0x0a.0.0.1/24',
    'fe80::1%eth0/64',
    'fe80::1/64%eth0',
    '2001:db8::/129',
    '2001:db8:::/64',
    '1::2::3/64',
    '[2001:db8::1]/64',
    '2001:db8::g/64',
    '1:2:3:4:5:6:7:8:9/64',
  ])
    assert.equal(parseCidr(text), undefined, text)
  fc.assert(fc.property(fc.string(), (text) => parseCidr(text) === undefined || /^[0-9a-fA-F:.]+\/\d+$/.test(text)))
})

test('what overlaps with a network is found as if each had been compared with it', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(crowded, anyCidr)), fc.oneof(crowded, anyCidr), (all, cidr) => {
      const found = overlapping(all.map((each, index) => [each, index] as const))(cidr)
      assert.deepEqual(
        found,
        [...all.keys()].filter((index) => overlaps(all[index] ?? assert.fail(), cidr)),
      )
    }),
  )
})

test('a network has its first address, no host bits, and ends before the next one', () => {
  fc.assert(
    fc.property(anyCidr, (cidr) => {
      const network = networkOf(cidr)
      assert.ok(!hasHostBits(network))
      assert.ok(sameNetwork(cidr, network))
      assert.ok(network.address <= cidr.address && cidr.address <= lastAddressOf(cidr))
    }),
  )
})

test('two networks overlap when they have an address in common', () => {
  fc.assert(
    fc.property(crowded, crowded, (a, b) => {
      const apart = lastAddressOf(a) < networkOf(b).address || lastAddressOf(b) < networkOf(a).address
      assert.equal(overlaps(a, b), !apart)
      assert.equal(overlaps(b, a), !apart)
    }),
  )
  assert.ok(!overlaps(parsed('0.0.0.0/0'), parsed('::/0')))
})

test('an overlap within a list is found exactly when there is one', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(crowded, cidr6), { maxLength: 8 }), (networks) => {
      const some = networks.some((a, i) => networks.some((b, j) => i < j && overlaps(a, b)))
      const found = firstOverlap(networks)
      assert.equal(found !== undefined, some)
      if (found !== undefined) assert.ok(overlaps(...found))
    }),
  )
})

test('a free network is in its pool, aligned and free; when none is offered all are taken', () => {
  const pool = parsed('192.0.2.0/26')
  const all = Array.from(
    { length: 16 },
    (_, i): Cidr => ({ ...pool, address: pool.address + BigInt(i * 4), length: 30 }),
  )
  fc.assert(
    fc.property(fc.array(crowded, { maxLength: 24 }), fc.bigInt(0n, 2n ** 16n), (taken, start) => {
      const free = freeNetwork(pool, 30, taken, start)
      const left = all.filter((network) => !taken.some((other) => overlaps(other, network)))
      if (free === undefined) assert.deepEqual(left, [])
      else assert.ok(left.some((network) => showCidr(network) === showCidr(free)))
    }),
    { numRuns: 1_000 },
  )
})

test('public is what is not private, shared, loopback, link-local or multicast; documentation is accepted', () => {
  for (const text of [
    '192.0.2.1/30',
    '198.51.100.1/30',
    '203.0.113.1/30',
    '175.45.176.1/28',
    '2001:db8::/48',
    '11.0.0.0/8',
  ])
    assert.ok(isPublic(parsed(text)), text)
  for (const text of [
    '10.1.2.3/30',
    '172.31.0.1/30',
    '192.168.1.1/30',
    '100.64.0.1/30',
    '127.0.0.1/30',
    '169.254.1.1/30',
    '224.0.0.1/30',
    '255.255.255.252/30',
    'fd00::/64',
    'fe80::/64',
    'ff02::/64',
    '::1/128',
  ])
    assert.ok(!isPublic(parsed(text)), text)
  for (const text of ['10.1.2.3/30', '169.254.1.1/30', '192.0.2.1/30']) assert.ok(isUsable(parsed(text)), text)
  for (const text of ['127.0.0.1/30', '0.0.0.1/30', '224.0.0.1/30']) assert.ok(!isUsable(parsed(text)), text)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { type AddressFamily, overlaps, parseCidr, showCidr } from '../addresses/cidr.ts'
import { create } from '../operation.ts'
import { example } from './example.test-fixture.ts'
import { checkedPrefixes, checkNotAnnounced } from './route-filter-prefixes.ts'
import type { VirtualInterface } from './virtual-interface.ts'

const other: VirtualInterface = {
  ...example,
  type: 'public',
  routeFilterPrefixes: ['198.51.100.0/24', '2001:db8:1::/48'],
}
const { ownerAccount } = example
const check = async (
  cidrs: readonly (string | undefined)[],
  family: AddressFamily = 'ipv4',
  others: readonly VirtualInterface[] = [],
  owner = ownerAccount,
) => {
  const prefixes = checkedPrefixes(
    cidrs.map((cidr) => ({ cidr })),
    family,
  )
  await checkNotAnnounced(snapshotAfter(others.map((vif) => create('virtual-interface', vif))), prefixes, owner)
  return prefixes
}

test('announced prefixes are public networks of /1 to /32, or for IPv6 of /64 and shorter, and answered compressed', async () => {
  assert.deepEqual(await check(['203.0.113.0/24', '11.0.0.0/8', '192.0.2.7/32']), [
    '203.0.113.0/24',
    '11.0.0.0/8',
    '192.0.2.7/32',
  ])
  assert.deepEqual(await check(['128.0.0.0/1']), ['128.0.0.0/1'])
  assert.deepEqual(await check(['2600:1F26:0074:0000:0000:0000:0000:0000/48', '2001:db8::/64'], 'ipv6'), [
    '2600:1f26:74::/48',
    '2001:db8::/64',
  ])
  for (const [cidr, why] of [
    ['203.0.113.0', 'CIDR notation'],
    ['203.0.113.0/33', 'CIDR notation'],
    ['203.0.113.1/24', 'bits set beyond'],
    ['0.0.0.0/0', 'in the range 1 to 32'],
    ['10.0.0.0/8', 'not a public prefix'],
    ['100.64.0.0/16', 'not a public prefix'],
    ['2001:db8::/65', 'in the range 1 to 64'],
    ['2001:db8::1/64', 'bits set beyond'],
    ['fd00::/48', 'not a public prefix'],
  ] as const)
    await assert.rejects(check([cidr]), { code: 'DirectConnectClientException', message: new RegExp(why) }, cidr)
  await assert.rejects(check([undefined]), { message: 'Field routeFilterPrefixes.cidr is required' })
})

test('there is one prefix at least, at most 1000, and one of the family of the first session', async () => {
  const many = Array.from({ length: 1_001 }, (_, i) => `20.${i >> 8}.${i & 255}.0/24`)
  assert.equal((await check(many.slice(1))).length, 1_000)
  await assert.rejects(check(many), { message: /its length 1001 is not within 1 to 1000/ })
  await assert.rejects(check([]), { message: /its length 0 is not within/ })
  await assert.rejects(check(['2001:db8::/48']), { message: /none of them is of the address family ipv4/ })
  await assert.rejects(check(['192.0.2.0/24'], 'ipv6'), { message: /none of them is of the address family ipv6/ })
  assert.deepEqual(await check(['192.0.2.0/24', '2001:db8::/48']), ['192.0.2.0/24', '2001:db8::/48'])
})

test('announced prefixes do not overlap within an account', async () => {
  const overlap = { message: /^Announced prefixes may not overlap within an account/ }
  for (const cidr of ['198.51.100.0/24', '198.51.100.128/25', '198.0.0.0/8'])
    await assert.rejects(check([cidr], 'ipv4', [other]), overlap, cidr)
  await assert.rejects(check(['2001:db8:1:1::/64'], 'ipv6', [other]), overlap)
  await assert.rejects(check(['192.0.2.0/24', '192.0.2.0/25']), overlap)
  await check(['198.51.100.0/24'], 'ipv4', [other], '444455556666')
  for (const facts of [{ deletedAt: 0 }, { rejectedAt: 0 }, { allocated: true }])
    await check(['198.51.100.0/24'], 'ipv4', [{ ...other, ...facts }])
  await assert.rejects(check(['198.51.100.0/24'], 'ipv4', [{ ...other, allocated: true, confirmedAt: 0 }]), overlap)

  const network = fc.record({ third: fc.integer({ min: 0, max: 7 }), length: fc.integer({ min: 21, max: 24 }) })
  const cidrOf = ({ third, length }: { third: number; length: number }) =>
    `20.0.${third & (255 << (24 - length))}.0/${length}`
  await fc.assert(
    fc.asyncProperty(fc.array(network, { minLength: 2, maxLength: 5 }), async (networks) => {
      const parsed = networks.map((each) => parseCidr(cidrOf(each))).filter((cidr) => cidr !== undefined)
      const clash = parsed.some((a, i) => parsed.some((b, j) => i < j && overlaps(a, b)))
      const checked = check(parsed.map(showCidr))
      if (clash) await assert.rejects(checked, overlap)
      else assert.equal((await checked).length, networks.length)
    }),
  )
})

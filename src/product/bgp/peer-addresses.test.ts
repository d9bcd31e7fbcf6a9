import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { type Cidr, networkOf, overlaps, parseCidr, sameNetwork } from '../addresses/cidr.ts'
import { chosenAuthKey } from './auth-key.ts'
import { type AddressInput, chosenAddresses, type TakenNetworks } from './peer-addresses.ts'

const { settings } = snapshotAfter([])
const chance = { settings, random: (count: number) => new Uint8Array(randomBytes(count)) }

const takenBy = (networks: { readonly onCarrier?: readonly Cidr[]; readonly atGateway?: readonly Cidr[] }) => {
  const { onCarrier = [], atGateway = [] } = networks
  const touches = (some: readonly Cidr[]) => async (network: Cidr) => some.some((other) => overlaps(other, network))
  const all = [...onCarrier, ...atGateway]
  return { onCarrier: touches(onCarrier), anywhere: touches(all), all: async () => all } satisfies TakenNetworks
}
const nothingTaken = takenBy({})

const parsed = (text: string): Cidr => {
  const cidr = parseCidr(text)
  assert.ok(cidr !== undefined, text)
  return cidr
}
const choose = (input: AddressInput, isPublic = false, taken = nothingTaken) =>
  chosenAddresses(chance, input, { family: 'ipv4', isPublic }, taken)
const pair = (amazonAddress: string, customerAddress: string) => ({ amazonAddress, customerAddress })

test('blank IPv4 addresses are the two hosts of a free /30 of 169.254.0.0/16, never the one of the metadata service', async () => {
  const metadata = parsed('169.254.169.252/30')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.bigInt(0n, 65_535n), { maxLength: 40 }),
      fc.bigInt(0n, 65_535n),
      async (hosts, start) => {
        const taken = hosts.map((host): Cidr => ({ family: 'ipv4', address: 0xa9fe0000n + host, length: 30 }))
        const bytes = [Number(start >> 8n), Number(start & 255n)]
        const random = (count: number) => new Uint8Array([...new Uint8Array(count - 2), ...bytes])
        const half = taken.length >> 1
        const { amazonAddress, customerAddress } = await chosenAddresses(
          { settings, random },
          {},
          { family: 'ipv4', isPublic: false },
          takenBy({ onCarrier: taken.slice(half), atGateway: taken.slice(0, half) }),
        )
        const [amazon, customer] = [parsed(amazonAddress), parsed(customerAddress)]
        const network = networkOf(amazon)
        assert.deepEqual(
          [amazon.length, amazon.address, customer.address],
          [30, network.address + 1n, network.address + 2n],
        )
        assert.ok(sameNetwork(amazon, customer) && overlaps(parsed('169.254.0.0/16'), amazon))
        assert.ok(![metadata, ...taken].some((other) => overlaps(other, amazon)))
      },
    ),
  )
  const all = [parsed('169.254.0.0/17'), parsed('169.254.128.0/17')]
  await assert.rejects(choose({}, false, takenBy({ onCarrier: all })), { message: /No addresses are free/ })
})

test('IPv6 addresses are left blank: +1 and +6 of a /125 of the configured block', async () => {
  const session = { family: 'ipv6', isPublic: true } as const
  for (let round = 0; round < 50; round++) {
    const chosen = await chosenAddresses(chance, { amazonAddress: '' }, session, nothingTaken)
    const [amazon, customer] = [parsed(chosen.amazonAddress), parsed(chosen.customerAddress)]
    assert.equal(amazon.length, 125)
    assert.equal(amazon.address - networkOf(amazon).address, 1n)
    assert.equal(customer.address - networkOf(amazon).address, 6n)
    assert.ok(overlaps(parsed(settings.ipv6Block), amazon))
  }
  await assert.rejects(chosenAddresses(chance, { amazonAddress: '2001:db8::1/125' }, session, nothingTaken), {
    message: /must be left blank for the address family ipv6/,
  })
})

test('given addresses are hosts of one subnet, in AWS’s words if not', async () => {
  for (const [amazon, customer] of [
    ['10.0.0.1/30', '10.0.0.2/30'],
    ['10.0.0.2/30', '10.0.0.1/30'],
    ['10.0.0.0/31', '10.0.0.1/31'],
    ['192.168.0.17/28', '192.168.0.30/28'],
  ] as const)
    assert.deepEqual(await choose(pair(amazon, customer)), pair(amazon, customer))

  const wrong: readonly (readonly [string, string, string | RegExp])[] = [
    ['10.0.0.1/30', '10.0.0.5/30', 'Amazon Address and Customer Address must be in the same CIDR'],
    ['10.0.0.1/30', '10.0.0.2/29', 'Amazon Address and Customer Address must be in the same CIDR'],
    ['10.0.0.0/30', '10.0.0.1/30', 'Amazon Address is address 0 on its subnet.'],
    ['10.0.0.3/30', '10.0.0.1/30', 'Amazon Address is the broadcast address on its subnet.'],
    ['10.0.0.1/30', '10.0.0.0/30', 'Customer Address is address 0 on its subnet.'],
    ['10.0.0.1/30', '10.0.0.3/30', 'Customer Address is the broadcast address on its subnet.'],
    ['10.0.0.1/30', '10.0.0.1/30', /must be different/],
    ['10.0.0.1/32', '10.0.0.1/32', /must be different/],
    ['10.0.0.1', '10.0.0.2/30', /Invalid value '10\.0\.0\.1' for amazonAddress/],
    ['10.0.0.1/30', '10.0.0.2', /Invalid value '10\.0\.0\.2' for customerAddress/],
    ['2001:db8::1/125', '2001:db8::6/125', /for amazonAddress: it must be an IPv4 address/],
    ['127.0.0.1/30', '127.0.0.2/30', /is not an address of a router/],
    ['10.0.0.1/30', '', 'Field customerAddress is required'],
    ['', '10.0.0.1/30', 'Field amazonAddress is required'],
  ]
  for (const [amazon, customer, message] of wrong)
    await assert.rejects(choose(pair(amazon, customer)), { code: 'DirectConnectClientException', message })
})

test('a public session has public addresses, and both are given', async () => {
  const documentation = pair('203.0.113.1/30', '203.0.113.2/30')
  assert.deepEqual(await choose(documentation, true), documentation)
  await assert.rejects(choose({}, true), { message: 'Field amazonAddress is required' })
  await assert.rejects(choose(pair('10.0.0.1/30', '10.0.0.2/30'), true), {
    message: 'Amazon Address is not allowed to contain a private IP',
  })
  await assert.rejects(choose(pair('203.0.113.1/30', '100.64.0.2/30'), true), {
    message: 'Customer Address is not allowed to contain a private IP',
  })
})

test('what an address is does not depend on how short its prefix is', async () => {
  for (const [amazon, customer] of [
    ['10.0.0.1/7', '11.0.0.1/7'],
    ['192.168.0.1/15', '192.169.0.1/15'],
  ] as const)
    await assert.rejects(choose(pair(amazon, customer), true), {
      message: 'Amazon Address is not allowed to contain a private IP',
    })
  for (const [amazon, customer] of [
    ['127.0.0.1/7', '126.0.0.1/7'],
    ['224.0.0.5/3', '240.0.0.1/3'],
  ] as const)
    await assert.rejects(choose(pair(amazon, customer)), {
      message: `Amazon Address ${amazon} is not an address of a router`,
    })
})

test('given addresses overlap with no other session of the connection; behind the same gateway they may', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt(0n, 255n), fc.integer({ min: 24, max: 32 }), async (host, length) => {
      const other: Cidr = { family: 'ipv4', address: 0x0a000000n + host, length }
      const mine = pair('10.0.0.65/28', '10.0.0.66/28')
      const take = (networks: Parameters<typeof takenBy>[0]) => choose(mine, false, takenBy(networks))
      assert.deepEqual(await take({ atGateway: [other] }), mine)
      if (overlaps(other, parsed('10.0.0.64/28')))
        await assert.rejects(take({ onCarrier: [other] }), {
          message: /overlaps with another virtual interface/,
        })
      else assert.deepEqual(await take({ onCarrier: [other] }), mine)
    }),
  )
})

test('a BGP key has 6 to 80 characters; one that is left blank is made, in the form of AWS’s', () => {
  for (const given of [undefined, '']) assert.match(chosenAuthKey(given, chance), /^0x[A-Za-z0-9_.]{22}$/)
  assert.notEqual(chosenAuthKey(undefined, chance), chosenAuthKey(undefined, chance))
  for (const good of ['abcdef', 'x'.repeat(80), `<&>"'%`]) assert.equal(chosenAuthKey(good, chance), good)
  for (const bad of ['abcde', 'x'.repeat(81), 'with space', 'tab\tbed', 'schlüssel'])
    assert.throws(
      () => chosenAuthKey(bad, chance),
      (error: Error) => error.message.includes('authKey') && !error.message.includes(bad),
    )
})

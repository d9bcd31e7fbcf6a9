import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { orderConnection } from '../connections/order.ts'
import { type Change, create } from '../operation.ts'
import type { Device } from './device.ts'
import type { Location } from './location.ts'
import { findSite, freePorts, portIds, siteCodes } from './ports.ts'

const site = (code: string, region = 'us-east-1'): Location => ({
  id: code.toLowerCase(),
  createdAt: 0,
  code,
  name: code,
  region,
  country: 'US',
  providers: [],
})
const device = (id: string, ports: number, macSec = false): Device => ({
  id,
  createdAt: 0,
  locationId: 'site1',
  ports: { '1Gbps': ports },
  macSecSpeeds: macSec ? ['1Gbps'] : [],
  interfaces: {},
})
const site1 = site('Site1')
const wanted = { site: site1, bandwidth: '1Gbps', requestMacSec: false, count: 1 }

/** The orders that hold some ports. */
function ordered(deviceId: string, portIds: readonly string[], from: number): readonly Change[] {
  const snapshot = snapshotAfter([])
  return portIds.map((portId, index) => {
    const order = {
      ownerAccount: '111122223333',
      site: site1,
      location: 'Site1',
      bandwidth: '1Gbps',
      name: 'x',
      tags: [],
    }
    const connection = orderConnection(snapshot, { ...order, role: 'dedicated', deviceId, portId })
    return create('connection', { ...connection, id: `dxcon-f${from + index}` })
  })
}

const devices = fc
  .array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 })
  .map((counts) => counts.map((count, index) => device(`Site1-${index}`, count)))

test('no port is given twice, an order is on one device, and it is refused exactly when no device has as many left', async () => {
  await fc.assert(
    fc.asyncProperty(
      devices,
      fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 12 }),
      async (inventory, orders) => {
        const changes: Change[] = inventory.map((each) => create('device', each))
        const left = new Map(inventory.map((each) => [each.id, each.ports['1Gbps'] ?? 0]))
        const given = new Set<string>()
        for (const count of orders) {
          const most = Math.max(...left.values())
          const order = freePorts(snapshotAfter(changes), { ...wanted, count })
          if (most < count) {
            const offered = inventory.some((each) => each.ports['1Gbps'] !== 0)
            await assert.rejects(order, {
              message: offered ? /no available ports on the endpoint Site1/ : /not available at location Site1/,
            })
            continue
          }
          const { deviceId, portIds } = await order
          assert.equal(portIds.length, count)
          assert.equal(left.get(deviceId), most, 'on the device with most free ports')
          for (const portId of portIds) {
            assert.ok(!given.has(`${deviceId} ${portId}`))
            given.add(`${deviceId} ${portId}`)
          }
          left.set(deviceId, most - count)
          changes.push(...ordered(deviceId, portIds, given.size))
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('a port is free again once what held it is deleted', async () => {
  const changes = [create('device', device('Site1-0', 1)), ...ordered('Site1-0', ['1Gbps/01'], 1)]
  await assert.rejects(freePorts(snapshotAfter(changes), wanted))
  const ended = changes.map((change) =>
    change.do === 'create' && change.kind === 'connection'
      ? create('connection', { ...change.record, deletedAt: 10 })
      : change,
  )
  await assert.rejects(freePorts(snapshotAfter(ended, { now: 9 }), wanted))
  assert.deepEqual(await freePorts(snapshotAfter(ended, { now: 10 }), wanted), {
    deviceId: 'Site1-0',
    portIds: ['1Gbps/01'],
  })
})

test('a device has no ports that one of the same name had before it', async () => {
  const ended = (changes: readonly Change[]) =>
    changes.map((change) =>
      change.do === 'create' && change.kind === 'connection'
        ? create('connection', { ...change.record, deletedAt: 10 })
        : change,
    )
  const counts = [
    [3, 1],
    [3, 0],
    [120, 20],
    [20, 120],
  ] as const
  for (const [before, count] of counts) {
    const present = device('Site1-0', count)
    const former = portIds(device('Site1-0', before), '1Gbps')
    const given: string[] = []
    // Whoever gets a port takes the place of whoever had it.
    const place = () => {
      const left = former.filter((portId) => !given.includes(portId))
      const orders = [...ended(ordered(present.id, left, 1)), ...ordered(present.id, given, before + 1)]
      const world = [create('device', present), create('device', device('Site1-1', 1)), ...orders]
      return freePorts(snapshotAfter(world, { now: 10 }), { ...wanted, deviceId: present.id })
    }
    for (let n = 0; n < count; n++) given.push(...(await place()).portIds)
    assert.deepEqual(given.toSorted(), portIds(present, '1Gbps'))
    await assert.rejects(place(), /no available ports on the endpoint Site1-0/)
  }
})

test('a device that is named has to have the ports itself', async () => {
  const changes = [create('device', device('Site1-0', 1)), create('device', device('Site1-1', 9))]
  const named = { ...wanted, deviceId: 'Site1-0' }
  assert.equal((await freePorts(snapshotAfter(changes), named)).deviceId, 'Site1-0')
  await assert.rejects(freePorts(snapshotAfter(changes), { ...named, count: 2 }), {
    message: 'There are no available ports on the endpoint Site1-0: 2 of 1Gbps requested, 1 free',
  })
})

test('a port with MACsec is on a device that does MACsec at that speed', async () => {
  const changes = [create('device', device('Site1-0', 9)), create('device', device('Site1-1', 1, true))]
  const macSec = { ...wanted, requestMacSec: true }
  assert.equal((await freePorts(snapshotAfter(changes), macSec)).deviceId, 'Site1-1')
  await assert.rejects(freePorts(snapshotAfter(changes.slice(0, 1)), macSec), { message: /requestMACSec/ })
})

test('a speed that no port has, or none at that location, is refused', async () => {
  const snapshot = snapshotAfter([create('device', device('Site1-0', 1))])
  await assert.rejects(freePorts(snapshot, { ...wanted, bandwidth: 'foo' }), {
    message: 'Invalid interface speed: foo',
  })
  await assert.rejects(freePorts(snapshot, { ...wanted, bandwidth: '10Gbps' }), {
    message: 'Invalid interface speed: 10Gbps is not available at location Site1',
  })
})

const code = fc.string({ unit: fc.constantFrom('a', 'B', '7', '-'), minLength: 1, maxLength: 12 })

test('a code names the site of the Region with the longest code that it equals or continues after a hyphen, without case', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(code, { selector: (text) => text.toLowerCase() }), code, async (codes, asked) => {
      const sites = codes.map((each) => site(each))
      const elsewhere = site(`${asked}-x`, 'eu-west-1')
      const snapshot = snapshotAfter([...sites, elsewhere].map((each) => create('location', each)))
      const matches = (each: string) =>
        `${asked.toLowerCase()}-x`.startsWith(`${each.toLowerCase()}-`) && each.length <= asked.length
      const expected = codes.filter(matches).toSorted((a, b) => b.length - a.length)[0]
      const found = findSite(snapshot, `${asked}-x`)
      if (expected === undefined) await assert.rejects(found, { message: `Location '${asked}-x' is invalid.` })
      else assert.equal((await found).code, expected)
    }),
  )
})

test('EqSe2-EQ belongs to EqSe2, and a code without end is only invalid', async () => {
  assert.deepEqual(siteCodes('EqSe2-EQ-2'), ['eqse2', 'eqse2-eq', 'eqse2-eq-2'])
  const snapshot = snapshotAfter([create('location', site('EqSe2'))])
  assert.equal((await findSite(snapshot, 'eqse2-EQ')).code, 'EqSe2')
  await assert.rejects(findSite(snapshot, 'EqSe22'), { message: "Location 'EqSe22' is invalid." })
  await assert.rejects(findSite(snapshot, 'EqSe2-'.repeat(100_000)), { message: /^Location '.{64}' is invalid\.$/ })
})

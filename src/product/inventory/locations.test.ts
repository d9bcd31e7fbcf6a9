import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DescribeLocationsCommand } from '@aws-sdk/client-direct-connect'
import { startServer } from '../../../test/tools/server.ts'
import type { Device } from './device.ts'
import { firstInventory } from './first-inventory.ts'
import { sites } from './sites.ts'

test('the locations are those of the Region that is called, each with its speeds in short and a provider', async () => {
  await using server = await startServer()
  const inRegion = async (region: string) =>
    (await server.client('test', region).send(new DescribeLocationsCommand({}))).locations ?? []
  const virginia = await inRegion('us-east-1')
  assert.deepEqual(
    virginia.map(({ locationCode }) => locationCode).toSorted(),
    sites
      .filter(([, , , region]) => region === 'us-east-1')
      .map(([code]) => code)
      .toSorted(),
  )
  const site = virginia.find(({ locationCode }) => locationCode === 'EqDC2')
  assert.deepEqual(site, {
    locationCode: 'EqDC2',
    locationName: 'Equinix DC2/DC11',
    region: 'us-east-1',
    availablePortSpeeds: ['1G', '10G', '100G', '400G'],
    availableProviders: ['Equinix, Inc.'],
    availableMacSecPortSpeeds: ['10G', '100G', '400G'],
  })
  const saoPaulo = await inRegion('sa-east-1')
  assert.deepEqual(saoPaulo.find(({ locationCode }) => locationCode === 'TIVIT')?.region, 'sa-east-1')
  assert.ok(saoPaulo.every(({ availableProviders }) => (availableProviders?.length ?? 0) > 0))
  assert.deepEqual(await inRegion('xx-nowhere-1'), [])
})

test('a new installation has every real location, with two devices or more in each', () => {
  const devices = new Map<string, Device[]>()
  const locations = new Set<string>()
  for (const change of firstInventory(0)) {
    assert.equal(change.do, 'create')
    if (change.do !== 'create') continue
    if (change.kind === 'location') locations.add(change.record.id)
    if (change.kind === 'device')
      devices.set(change.record.locationId, [...(devices.get(change.record.locationId) ?? []), change.record])
  }
  assert.equal(locations.size, 151)
  for (const [code, , , , speeds] of sites) {
    const here = devices.get(code.toLowerCase()) ?? []
    assert.ok(here.length >= 2, code)
    for (const device of here) {
      assert.match(device.id, /^[\w-]+-[0-9a-z]{10,13}$/)
      assert.deepEqual(
        Object.keys(device.ports),
        speeds.split('/').map((speed) => `${speed}bps`),
        code,
      )
    }
  }
})

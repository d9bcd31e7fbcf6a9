import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateConnectionCommand,
  DeleteConnectionCommand,
  DescribeLocationsCommand,
} from '@aws-sdk/client-direct-connect'
import { operator } from '../../test/tools/operator.ts'
import { startServer } from '../../test/tools/server.ts'

const site = { code: 'BERL1', name: 'Berlin One', region: 'eu-central-1' }

test('a new location can be ordered at as soon as a device is in it, until its ports run out', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client('test', 'eu-central-1')
  const order = () =>
    client.send(new CreateConnectionCommand({ location: 'berl1', bandwidth: '1Gbps', connectionName: 'ours' }))
  const made = await operator(server, 'POST', '/locations', site)
  assert.deepEqual([made.status, made.body.providers, made.body.country], [201, ['Berlin One'], 'ZZ'])
  await assert.rejects(order())

  const device = (await operator(server, 'POST', '/devices', { locationCode: 'berl1', ports: { '1Gbps': 1 } })).body
  assert.match(device.deviceId, /^BERL1-[0-9a-z]{10,13}$/)
  assert.deepEqual([device.locationCode, device.ports, device.macSecSpeeds], ['BERL1', { '1Gbps': 1 }, []])
  const { locations } = await client.send(new DescribeLocationsCommand({}))
  assert.deepEqual(locations?.find(({ locationCode }) => locationCode === 'BERL1')?.availablePortSpeeds, ['1G'])
  const { connectionId } = await order()
  await assert.rejects(order(), { message: /no available ports/ })

  const { ports } = (await operator(server, 'GET', `/ports?deviceId=${device.deviceId}`)).body
  const [{ interfaceName }] = ports
  assert.match(interfaceName, /^xc-[0-9a-z]{1,12}$/)
  assert.deepEqual(ports, [
    {
      deviceId: device.deviceId,
      locationCode: 'BERL1',
      portId: '1Gbps/01',
      speed: '1Gbps',
      panel: { patchPanel: 'PP', panelPort: 1, strands: [1, 2] },
      interfaceName,
      connectionId,
    },
  ])
})

test('a port is the interface of the host that the inventory names, and only ports that the device has can be', async () => {
  await using server = await startServer()
  await operator(server, 'POST', '/locations', { code: 'NICS1', name: 'Nics', region: 'us-east-1' })
  const order = { locationCode: 'NICS1', ports: { '1Gbps': 2 } }
  const { body } = await operator(server, 'POST', '/devices', {
    ...order,
    interfaces: [{ portId: '1Gbps/02', interfaceName: 'eth3' }],
  })
  const { ports } = (await operator(server, 'GET', `/ports?deviceId=${body.deviceId}`)).body
  assert.equal(ports[1].interfaceName, 'eth3')
  const wrong = { ...order, interfaces: [{ portId: '1Gbps/03', interfaceName: 'eth3' }] }
  const { message } = await operator(server, 'POST', '/devices', wrong)
  assert.equal(message, "Invalid value '1Gbps/03' for interfaces: the device has no such port; one is 1Gbps/01")
})

test('no interface of the host is two ports of a device, and no port is two interfaces', async () => {
  await using server = await startServer()
  const refusal = async (...named: readonly (readonly [portId: string, interfaceName: string])[]) => {
    const interfaces = named.map(([portId, interfaceName]) => ({ portId, interfaceName }))
    const order = { locationCode: 'EqDC2', ports: { '1Gbps': 2 }, interfaces }
    const { status, message } = await operator(server, 'POST', '/devices', order)
    return [status, message]
  }
  assert.deepEqual(await refusal(['1Gbps/01', 'eth1'], ['1Gbps/02', 'eth1']), [
    400,
    "Invalid value 'eth1' for interfaces.interfaceName: it is named more than once",
  ])
  assert.deepEqual(await refusal(['1Gbps/01', 'eth1'], ['1Gbps/01', 'eth2']), [
    400,
    "Invalid value '1Gbps/01' for interfaces.portId: it is named more than once",
  ])
  assert.equal((await refusal(['1Gbps/01', 'eth1'], ['1Gbps/02', 'eth2']))[0], 201)
})

test('what is in use cannot be deleted, and what is free can', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client('test', 'eu-central-1')
  await operator(server, 'POST', '/locations', site)
  await operator(server, 'POST', '/devices', {
    locationCode: 'BERL1',
    name: 'edge-1',
    ports: { '10Gbps': 2 },
    macSec: true,
  })
  const { connectionId } = await client.send(
    new CreateConnectionCommand({ location: 'BERL1', bandwidth: '10Gbps', connectionName: 'ours' }),
  )
  const used = await operator(server, 'DELETE', '/devices/edge-1')
  assert.deepEqual([used.status, used.message], [409, `Device edge-1 cannot be deleted: ${connectionId} is on it`])
  assert.match((await operator(server, 'DELETE', '/locations/BERL1')).message, /device edge-1 is in it/)

  await client.send(new DeleteConnectionCommand({ connectionId }))
  await server.advance(1)
  assert.equal((await operator(server, 'DELETE', '/devices/edge-1')).status, 204)
  assert.equal((await operator(server, 'DELETE', '/locations/berl1')).status, 204)
  assert.equal((await operator(server, 'DELETE', '/locations/berl1')).status, 404)
  assert.equal((await operator(server, 'DELETE', '/devices/edge-1')).status, 404)
})

test('a fault ends with the device or location that fails, so that one of the same name begins sound', async () => {
  await using server = await startServer({ timing: 'instant' })
  const client = server.client('test', 'eu-central-1')
  const order = new CreateConnectionCommand({ location: 'BERL1', bandwidth: '1Gbps', connectionName: 'ours' })
  const make = async () => {
    await operator(server, 'POST', '/locations', site)
    await operator(server, 'POST', '/devices', { locationCode: 'BERL1', name: 'edge-1', ports: { '1Gbps': 1 } })
  }
  await make()
  for (const target of ['edge-1', 'BERL1']) await operator(server, 'POST', '/faults', { target, kind: 'down' })
  await operator(server, 'DELETE', '/devices/edge-1')
  await operator(server, 'DELETE', '/locations/BERL1')
  assert.deepEqual((await operator(server, 'GET', '/faults?active=true')).body.faults, [])
  await make()
  const { connectionId } = await client.send(order)
  assert.equal((await operator(server, 'GET', `/connections/${connectionId}`)).body.state, 'available')
})

test('a device that moved to another location keeps its name, and the next one at the old place gets another', async () => {
  await using server = await startServer()
  const make = async (order: object) =>
    (await operator(server, 'POST', '/devices', { ports: { '1Gbps': 1 }, ...order })).body.deviceId
  const name = await make({ locationCode: 'EqDC2' })
  await operator(server, 'DELETE', `/devices/${name}`)
  assert.equal(await make({ locationCode: 'CSVA1', name }), name)
  const next = await make({ locationCode: 'EqDC2' })
  assert.match(next, /^EqDC2-[0-9a-z]{12,13}$/)
  assert.notEqual(next, name)
})

test('a name is given once, whatever its case and whoever bears it', async () => {
  await using server = await startServer()
  const device = (name: string) =>
    operator(server, 'POST', '/devices', { locationCode: 'EqDC2', name, ports: { '1Gbps': 1 } })
  const location = (code: string) => operator(server, 'POST', '/locations', { ...site, code })
  assert.equal((await device('edge1')).status, 201)
  assert.equal((await device('edge1')).status, 409)
  assert.equal((await device('eqdc2')).status, 409)
  assert.equal((await location('eqdc2')).status, 409)
  assert.equal((await location('EDGE1')).status, 409)
  assert.equal((await device('EDGE1')).status, 409)
  assert.equal((await device('Edge2')).status, 201)
  assert.equal((await device('edge2')).status, 409)
  assert.equal((await device('EDGE2')).status, 409)
  assert.equal((await location('edge2')).status, 409)
  assert.equal((await device('dxcon-ffffffff')).status, 400)
  assert.equal(
    (await operator(server, 'POST', '/devices', { locationCode: 'nowhere', ports: { '1Gbps': 1 } })).status,
    404,
  )
})

test('a device has ports of known speeds, one at least', async () => {
  await using server = await startServer()
  const device = (ports: object) => operator(server, 'POST', '/devices', { locationCode: 'EqDC2', ports })
  assert.match((await device({ '2Gbps': 4 })).message, /no member '2Gbps' in ports: known are 1Gbps, 10Gbps/)
  assert.match((await device({})).message, /ports must have at least one member/)
  assert.match((await device({ '1Gbps': 0 })).message, /at least one port/)
  assert.match((await device({ '1Gbps': -1 })).message, /-1 for ports.1Gbps/)
  assert.match((await device({ '1Gbps': 1.5 })).message, /1.5 for ports.1Gbps: it must be a whole number/)
  assert.match((await device({ '1Gbps': 100_000 })).message, /100000 for ports.1Gbps/)
  const { body } = await operator(server, 'POST', '/devices', {
    locationCode: 'EqDC2',
    ports: { '1Gbps': 1, '100Gbps': 2 },
    macSec: true,
  })
  assert.deepEqual(body.macSecSpeeds, ['100Gbps'])
})

test('where a location and a device are can be said when they are made, or later, and taken back', async () => {
  await using server = await startServer()
  const shipped = (await operator(server, 'GET', '/locations?region=us-east-1')).body.locations[0]
  assert.deepEqual([shipped.address, shipped.meetMeRoom], [[], null])
  const address = ['Musterstraße 12', '10115 Berlin']
  const made = await operator(server, 'POST', '/locations', { ...site, address, meetMeRoom: 'MMR 1' })
  assert.deepEqual([made.body.address, made.body.meetMeRoom], [address, 'MMR 1'])
  const moved = await operator(server, 'PUT', '/locations/berl1', { address: ['Neue Straße 1'] })
  assert.deepEqual([moved.body.address, moved.body.meetMeRoom], [['Neue Straße 1'], 'MMR 1'])
  const forgotten = await operator(server, 'PUT', '/locations/BERL1', { address: null, meetMeRoom: null })
  assert.deepEqual([forgotten.body.address, forgotten.body.meetMeRoom], [[], null])

  const device = { locationCode: 'BERL1', ports: { '1Gbps': 2 } }
  const first = (await operator(server, 'POST', '/devices', device)).body
  const second = (await operator(server, 'POST', '/devices', { ...device, rack: 'R42', patchPanel: 'A' })).body
  assert.deepEqual([first.rack, first.patchPanel, second.rack, second.patchPanel], ['R01', 'PP', 'R42', 'A'])
  const changed = await operator(server, 'PUT', `/devices/${first.deviceId}`, { patchPanel: 'B' })
  assert.deepEqual([changed.body.rack, changed.body.patchPanel], ['R01', 'B'])
  const { ports } = (await operator(server, 'GET', `/ports?deviceId=${first.deviceId}`)).body
  assert.deepEqual(ports[1].panel, { patchPanel: 'B', panelPort: 2, strands: [3, 4] })

  assert.match((await operator(server, 'PUT', '/locations/BERL1', {})).message, /at least one member/)
  assert.match((await operator(server, 'PUT', '/locations/BERL1', { meetMeRoom: 'a\u202eb' })).message, /meetMeRoom/)
  assert.match((await operator(server, 'PUT', '/locations/BERL1', { address: ['a\nb'] })).message, /address\[0\]/)
  assert.equal((await operator(server, 'PUT', '/locations/nowhere', { address })).status, 404)
  assert.equal((await operator(server, 'PUT', '/devices/nowhere', { rack: 'R1' })).status, 404)
})

test('every list of the inventory can be read page by page to its end', async () => {
  await using server = await startServer()
  for (const [path, name, of] of [
    ['/locations', 'locations', 'code'],
    ['/devices', 'devices', 'deviceId'],
    ['/ports', 'ports', 'deviceId'],
  ] as const) {
    const seen: string[] = []
    let token = ''
    do {
      const { body } = await operator(server, 'GET', `${path}${token === '' ? '' : `?nextToken=${token}`}`)
      for (const each of body[name]) seen.push(each[of])
      token = body.nextToken ?? ''
    } while (token !== '')
    if (path === '/locations') assert.equal(new Set(seen).size, seen.length)
    if (path === '/devices') assert.equal(seen.length, 2 * (await locationCount(server)))
    if (path === '/ports') assert.ok(seen.length > 10_000)
  }
})

async function locationCount(server: { readonly url: string }): Promise<number> {
  const first = (await operator(server, 'GET', '/locations')).body
  const second = (await operator(server, 'GET', `/locations?nextToken=${first.nextToken}`)).body
  return first.locations.length + second.locations.length
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cableWorld, linuxFabric } from '../../../test/tools/cable-world.ts'
import { readLinks } from '../../linux/links.ts'
import { listNamespaces } from '../../linux/namespaces.ts'
import { openDevices } from './devices.ts'

test('the loopback of a device is no port, whatever the inventory says', linuxFabric, async () => {
  await using world = cableWorld()
  const devices = openDevices(world.options())
  await using _ = { [Symbol.asyncDispose]: () => devices.end('remove') }
  const order = { connectionId: 'dxcon-f1', portId: '1Gbps/01', interfaceName: 'lo', mustEncrypt: false, lagId: null }
  const apply = (plugged: boolean) =>
    devices.apply([{ id: 'EqDC2-d1', cables: [{ ...order, plugged }], bundles: [] }], [])
  await apply(true)
  const lastError = 'lo has addresses of the host, so it is not taken'
  assert.deepEqual(devices.look(), [{ id: 'dxcon-f1', up: false, lastError }])
  await apply(false)
  const [namespace = ''] = listNamespaces(world.options().names.device(''))
  assert.equal((await readLinks(namespace)).get('lo')?.up, true, 'nor is it switched off')
})

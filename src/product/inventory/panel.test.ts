import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Device } from './device.ts'
import { panelPosition } from './panel.ts'
import { portIds } from './ports.ts'
import { portSpeeds } from './speeds.ts'

const device: Device = {
  id: 'EqDC2-1',
  createdAt: 0,
  locationId: 'eqdc2',
  ports: { '1Gbps': 48, '10Gbps': 48, '100Gbps': 16, '400Gbps': 8 },
  macSecSpeeds: [],
}

test('each port of a device comes out at a position of its own, with two strands', () => {
  const positions = portSpeeds
    .flatMap((speed) => portIds(device, speed))
    .map((portId) => {
      const position = panelPosition(device, portId)
      assert.ok(position)
      assert.deepEqual(position.strands, [2 * position.panelPort - 1, 2 * position.panelPort])
      return `${position.patchPanel} ${position.panelPort}`
    })
  assert.equal(new Set(positions).size, 120)
  assert.deepEqual(
    [positions[0], positions[47], positions[48], positions[119]],
    ['PP-1 1', 'PP-1 48', 'PP-2 1', 'PP-3 24'],
  )
})

test('a device with one panel has it under its own name', () => {
  const small = { ...device, ports: { '10Gbps': 4 }, patchPanel: 'MMR2-R07-A' }
  assert.deepEqual(panelPosition(small, '10Gbps/04'), { patchPanel: 'MMR2-R07-A', panelPort: 4, strands: [7, 8] })
  assert.equal(panelPosition(small, '10Gbps/05'), undefined)
})

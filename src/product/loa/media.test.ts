import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portSpeeds } from '../inventory/speeds.ts'
import { mediaFor } from './media.ts'

test('every speed of a port has its optics, all on a duplex pair with LC connectors', () => {
  const media = portSpeeds.map(mediaFor)
  assert.deepEqual(
    media.map(({ name }) => name),
    ['1000BASE-LX', '10GBASE-LR', '100GBASE-LR4', '400GBASE-LR4'],
  )
  assert.deepEqual(
    media.map(({ connector }) => connector),
    portSpeeds.map(() => 'LC duplex'),
  )
  assert.throws(() => mediaFor('2Gbps'), /2Gbps/)
})

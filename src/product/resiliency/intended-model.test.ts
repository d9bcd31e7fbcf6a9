import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type Placement, verdictOn } from './intended-model.ts'

/** `A1` is device 1 of location A. */
const at = (...devices: readonly string[]): readonly Placement[] =>
  devices.map((deviceId, index) => ({ connectionId: `dxcon-${index}`, siteCode: deviceId.charAt(0), deviceId }))

test('maximum resiliency is separate devices in two locations or more', () => {
  for (const places of [at('A1', 'A2', 'B1', 'B2'), at('A1', 'A2', 'B1', 'B2', 'C1'), at('A1', 'A1', 'A2', 'B1', 'B2')])
    assert.deepEqual(verdictOn('maximum-resiliency', places), { meets: true, reasons: [] })
  const falls = (...devices: readonly string[]) => verdictOn('maximum-resiliency', at(...devices)).reasons
  assert.deepEqual(falls(), ['The connections end at 0 locations: 2 are needed'])
  assert.deepEqual(falls('A1', 'A2'), ['The connections end at 1 location: 2 are needed'])
  assert.deepEqual(falls('A1', 'A2', 'B1', 'B1'), [
    'All connections at location B end on 1 device: separate devices are needed',
  ])
  assert.equal(falls('A1', 'B1').length, 2)
})

test('high resiliency is one connection in each of two locations', () => {
  assert.ok(verdictOn('high-resiliency', at('A1', 'B1')).meets)
  assert.deepEqual(verdictOn('high-resiliency', at('A1', 'A2')).reasons, [
    'The connections end at 1 location: 2 are needed',
  ])
})

test('basic resiliency is separate devices, be it in one location', () => {
  assert.ok(verdictOn('basic-resiliency', at('A1', 'A2')).meets)
  assert.ok(verdictOn('basic-resiliency', at('A1', 'B1')).meets)
  assert.deepEqual(verdictOn('basic-resiliency', at('A1', 'A1')).reasons, [
    'The connections end on 1 device: 2 are needed',
  ])
})

test('what meets a model meets every lower one, and another connection never spoils it', () => {
  const device = fc.constantFrom('A1', 'A2', 'A3', 'B1', 'B2', 'C1')
  fc.assert(
    fc.property(fc.array(device, { maxLength: 8 }), device, (devices, more) => {
      const meets = (model: 'maximum-resiliency' | 'high-resiliency' | 'basic-resiliency', places = at(...devices)) =>
        verdictOn(model, places).meets
      if (meets('maximum-resiliency')) assert.ok(meets('high-resiliency'))
      if (meets('high-resiliency')) assert.ok(meets('basic-resiliency'))
      for (const model of ['maximum-resiliency', 'high-resiliency', 'basic-resiliency'] as const)
        if (meets(model)) assert.ok(meets(model, at(...devices, more)))
    }),
  )
})

test('a verdict has a reason exactly when it is negative', () => {
  for (const model of ['maximum-resiliency', 'high-resiliency', 'basic-resiliency'] as const)
    for (const places of [at(), at('A1'), at('A1', 'A2'), at('A1', 'B1'), at('A1', 'A2', 'B1', 'B2')]) {
      const { meets, reasons } = verdictOn(model, places)
      assert.equal(meets, reasons.length === 0)
    }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serialise, serialiseOutput } from './serialise.ts'
import type { Shape } from './types.ts'

const written = (startTime: number) => JSON.stringify(serialise('VirtualInterfaceTestHistory', { startTime }))

test('a time is written in seconds, to the millisecond', () => {
  assert.equal(written(1_500_000_000_000), '{"startTime":1500000000}')
  assert.equal(written(1_500_000_000_123), '{"startTime":1500000000.123}')
  assert.equal(written(1_500_000_000_123.7), '{"startTime":1500000000.124}')
  assert.equal(written(0), '{"startTime":0}')
})

test('a blob is written as base64', () => {
  assert.deepEqual(serialise('Loa', { loaContent: new Uint8Array([0, 255, 62, 63]) }), { loaContent: 'AP8+Pw==' })
})

test('an undefined member is left out, an empty text and an empty list are not', () => {
  const virtualInterface = {
    virtualGatewayId: '',
    routeFilterPrefixes: [],
    mtu: undefined,
    vlan: 0,
    siteLinkEnabled: false,
  }
  assert.deepEqual(Object.keys(serialise('VirtualInterface', virtualInterface)).toSorted(), [
    'routeFilterPrefixes',
    'siteLinkEnabled',
    'virtualGatewayId',
    'vlan',
  ])
})

test('a member that the contract does not declare never leaves', () => {
  const record = { connectionId: 'dxcon-1', secret: 'x', tags: [{ key: 'a', secret: 'x' }] }
  assert.deepEqual(serialise('Connection', record), { connectionId: 'dxcon-1', tags: [{ key: 'a' }] })
})

test('an answer is written in the shape of its operation', () => {
  assert.deepEqual(serialiseOutput('CreateTransitVirtualInterface', { virtualInterface: { vlan: 7 } }), {
    virtualInterface: { vlan: 7 },
  })
  assert.deepEqual(serialiseOutput('CreatePrivateVirtualInterface', { vlan: 7 }), { vlan: 7 })
  assert.deepEqual(serialiseOutput('TagResource', {}), {})
})

test('a value of the wrong type is a mistake of ours, told without the value', () => {
  const wrong: readonly Shape<'VirtualInterface'>[] = [
    JSON.parse('{"authKey":5}'),
    JSON.parse('{"vlan":"5"}'),
    JSON.parse('{"vlan":null}'),
    JSON.parse('{"tags":{}}'),
    JSON.parse('{"tags":["5"]}'),
    JSON.parse('{"jumboFrameCapable":5}'),
    { vlan: Number.NaN },
  ]
  for (const each of wrong) {
    assert.throws(
      () => serialise('VirtualInterface', each),
      (error) => error instanceof TypeError && !/5/.test(error.message),
    )
  }
  assert.throws(() => serialise('Route', { routeInstalledAt: Number.NaN }), /Route\.routeInstalledAt is not a time/)
  assert.throws(() => serialise('Loa', JSON.parse('{"loaContent":"AA=="}')), /Loa\.loaContent is not a blob/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numbered, numberedSession } from '../../../test/tools/gateway-world.ts'
import { wireEndsOf } from './gateway-wires.ts'

test('a virtual interface that is withheld has no end of a wire: the next one that it has is new', () => {
  const vif = numbered(1)
  assert.deepEqual(Object.keys(wireEndsOf([vif])), [vif.id])
  assert.deepEqual(wireEndsOf([{ ...vif, withheld: 'the link beneath is down' }]), {})
})

test('a session that is withheld has no address at the gateway, though its virtual interface has a wire', () => {
  const sessions = [numberedSession(1, { withheld: 'its subnet overlaps' }), numberedSession(1, { family: 'ipv6' })]
  const [end] = Object.values(wireEndsOf([numbered(1, { sessions })]))
  assert.deepEqual(end?.addresses, ['2001:db8:1::1/125'])
})

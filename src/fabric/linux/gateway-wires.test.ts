import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numbered } from '../../../test/tools/gateway-world.ts'
import { wireEndsOf } from './gateway-wires.ts'

test('a virtual interface that is withheld has no end of a wire: the next one that it has is new', () => {
  const vif = numbered(1)
  assert.deepEqual(Object.keys(wireEndsOf([vif])), [vif.id])
  assert.deepEqual(wireEndsOf([{ ...vif, withheld: 'the link beneath is down' }]), {})
})

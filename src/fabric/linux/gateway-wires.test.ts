import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { gatewayTools, gatewayWorld, numbered, numberedSession } from '../../../test/tools/gateway-world.ts'
import type { DesiredGateway, DesiredVirtualInterface } from '../../product/desired/desired.ts'
import type { Seen } from '../../product/sightings/seen.ts'
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

test(
  'a device that cannot be set up costs a gateway no session on other devices, and has its own once it can',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const [well, broken] = [numbered(1), numbered(2)]
    const gatewayWith = (virtualInterfaces: readonly DesiredVirtualInterface[]): DesiredGateway => {
      return { id: 'dxgw-1', asn: 64_512, virtualInterfaces, vpcIds: [] }
    }
    await world.wire(gatewayWith([well]))
    await world.gateways.apply([gatewayWith([well, broken])], [])
    await world.customer(well, [])
    const upOf = (all: ReadonlyMap<string, Seen>) => [...all.values()].map(({ up, lastError }) => up || lastError)
    const why = `the gateway has no wire to ${broken.id}`
    await world.seen((all) => isDeepStrictEqual(upOf(all), [true, why]))

    await world.wire(gatewayWith([broken]))
    await world.gateways.apply([gatewayWith([well, broken])], [])
    await world.customer(broken, [])
    await world.seen((all) => isDeepStrictEqual(upOf(all), [true, true]))
  },
)

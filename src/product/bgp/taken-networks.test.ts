import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { snapshotAfter } from '../../../test/tools/snapshot.ts'
import { type Cidr, overlaps, parseCidr } from '../addresses/cidr.ts'
import { create } from '../operation.ts'
import { example, examplePeer } from '../virtual-interfaces/example.test-fixture.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import { takenNetworks } from './taken-networks.ts'

const now = 10

const address = fc
  .tuple(fc.integer({ min: 0, max: 63 }), fc.constantFrom(24, 28, 30, 31))
  .map(([host, length]) => `169.254.0.${host}/${length}`)
const gateway = fc.constantFrom('vgw-0000000a', 'vgw-0000000b', null)
const end = fc.constantFrom(null, now - 1, now + 1)
const other = fc.record({
  connectionId: fc.constantFrom('dxcon-f0000001', 'dxcon-f0000002'),
  virtualGatewayId: gateway,
  rejectedAt: end,
  deletedAt: end,
  sessions: fc.array(fc.record({ amazonAddress: address, deletedAt: end }), { maxLength: 2 }),
})

test('a network is taken by sessions on the same connection and at the same gateway, as long as these last', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(other, { maxLength: 6 }), gateway, address, async (others, virtualGatewayId, text) => {
      const vifs = others.map(({ sessions, ...facts }, index): VirtualInterface => {
        const peers = sessions.map((session, at) => ({ ...examplePeer, ...session, id: `dxpeer-${index}-${at}` }))
        return {
          ...example,
          ...facts,
          id: `dxvif-${index}`,
          type: facts.virtualGatewayId ? 'private' : 'public',
          peers,
        }
      })
      const place = { ...example, connectionId: 'dxcon-f0000001', virtualGatewayId }
      const taken = takenNetworks(
        snapshotAfter(
          vifs.map((vif) => create('virtual-interface', vif)),
          { now },
        ),
        place,
      )
      const lasts = (instant: number | null) => instant === null || instant > now
      const network = parsed(text)
      const meets = (there: (vif: VirtualInterface) => boolean) =>
        vifs.some(
          (vif) =>
            there(vif) &&
            lasts(vif.rejectedAt) &&
            lasts(vif.deletedAt) &&
            vif.peers.some((peer) => lasts(peer.deletedAt) && overlaps(parsed(peer.amazonAddress), network)),
        )
      const isOn = (vif: VirtualInterface) => vif.connectionId === place.connectionId
      const isAt = (vif: VirtualInterface) => virtualGatewayId !== null && vif.virtualGatewayId === virtualGatewayId
      assert.equal(await taken.onCarrier(network), meets(isOn))
      const anywhere = meets((vif) => isOn(vif) || isAt(vif))
      assert.equal(await taken.anywhere(network), anywhere)
      assert.equal(
        (await taken.all()).some((each) => overlaps(each, network)),
        anywhere,
      )
    }),
  )
})

function parsed(text: string): Cidr {
  const cidr = parseCidr(text)
  assert.ok(cidr !== undefined, text)
  return cidr
}

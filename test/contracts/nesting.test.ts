// What every store guarantees of the values in a set that begin with each other.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Change, create, erase, save } from '../../src/product/operation.ts'
import { subnetsOf } from '../../src/product/routing/overlapping-subnets.ts'
import { listedAfterEnd } from '../../src/product/settings.ts'
import { examplePeer } from '../../src/product/virtual-interfaces/example.test-fixture.ts'
import type { VirtualInterface } from '../../src/product/virtual-interfaces/virtual-interface.ts'
import { implementations, opened, virtualInterface } from './stores.ts'

const now = 10_000

for (const implementation of implementations) {
  const { name } = implementation

  test(`${name}: what nests with a value is found by values alone, but for the record itself and what is hidden`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const keep = (...changes: readonly Change[]) => world.store.write((writing) => writing.save(changes, now))
    const at = (id: string, vlan: number, subnet: string, rest: Partial<VirtualInterface> = {}) =>
      virtualInterface(id, {
        vlan,
        virtualGatewayId: 'vgw-1',
        peers: [{ ...examplePeer, amazonAddress: subnet }],
        ...rest,
      })
    const [own, wide, narrow] = [
      at('own', 2, '10.0.0.1/24'),
      at('wide', 3, '10.0.9.1/16'),
      at('narrow', 4, '10.0.0.9/30'),
    ]
    await keep(
      ...[
        own,
        wide,
        narrow,
        at('beside', 5, '10.0.1.1/24'),
        at('elsewhere', 6, '10.0.0.1/24', { virtualGatewayId: 'vgw-11' }),
        at('public', 7, '10.0.0.1/24', { virtualGatewayId: null }),
        at('hidden', 8, '10.0.0.1/24', { deletedAt: 0 - listedAfterEnd }),
        at('hidden soon', 9, '10.0.0.1/24', { deletedAt: now + 1 - listedAfterEnd }),
      ].map((each) => create('virtual-interface', each)),
    )
    const nesting = (some: readonly VirtualInterface[], when = now, shownAt?: number) =>
      world.store.read(async (reading) => {
        const wanted = some.flatMap((vif) =>
          subnetsOf(vif).map((value) => ({ id: vif.id, value, scope: `vgw-1 ${vif.ownerAccount} `, shownAt })),
        )
        return (await reading.at(when).nesting('virtual-interface', 'subnet', wanted)).toSorted()
      })
    const often = [await nesting([own]), await nesting([own]), await nesting([own])]
    assert.deepEqual(
      often,
      often.map(() => ['hidden soon', 'narrow', 'wide']),
    )
    assert.deepEqual(await nesting([own], now + 1), ['narrow', 'wide'])
    assert.deepEqual(await nesting([narrow], now + 1), ['own', 'wide'])
    assert.deepEqual(await nesting([own, wide, narrow], now + 1), ['beside', 'narrow', 'own', 'wide'])
    assert.deepEqual(await nesting([]), [])
    assert.deepEqual(await nesting([at('public', 7, '10.0.0.1/24', { virtualGatewayId: null })]), [], 'of no scope')
    const earlier = [await nesting([own], now + 1, now), await nesting([own], now + 2, now)]
    assert.deepEqual(
      earlier,
      earlier.map(() => ['hidden soon', 'narrow', 'wide']),
    )
    assert.deepEqual(await nesting([own], now + 1, -1), ['hidden', 'hidden soon', 'narrow', 'wide'])
    assert.deepEqual(await nesting([own], now, now + 1), ['hidden soon', 'narrow', 'wide'], 'never more than is known')
    await keep(save('virtual-interface', { ...wide, peers: [] }), erase('virtual-interface', 'narrow'))
    assert.deepEqual(await nesting([own], now + 1), [])
  })

  test(`${name}: whatever is asked together, each finds what is wider, the same or narrower, of its own scope`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const subnets = Array.from({ length: 60 }, (_, n) => ({
      id: `vif ${n}`,
      gateway: `vgw-${n % 3}`,
      bits: n.toString(2).padStart(6, '0'),
      length: 22 + ((n * 7) % 9),
    }))
    await world.store.write((writing) =>
      writing.save(
        subnets.map(({ id, gateway, bits, length }, n) =>
          create(
            'virtual-interface',
            virtualInterface(id, {
              vlan: n + 1,
              virtualGatewayId: gateway,
              peers: [
                { ...examplePeer, amazonAddress: `10.0.${Number.parseInt(bits.slice(0, 3), 2)}.${n % 8}/${length}` },
              ],
            }),
          ),
        ),
        now,
      ),
    )
    await world.store.read(async (reading) => {
      const reads = reading.at(now)
      const all = await reads.getAll(
        'virtual-interface',
        subnets.map(({ id }) => id),
      )
      const wanted = all.map((vif) => {
        const scope = `${vif.virtualGatewayId} ${vif.ownerAccount} `
        return { id: vif.id, scope, value: subnetsOf(vif).find((value) => value.startsWith(scope)) ?? '' }
      })
      const nests = (a: string, b: string) => a.startsWith(b) || b.startsWith(a)
      const rivals = ({ id, value }: (typeof wanted)[number]) =>
        wanted.filter((other) => other.id !== id && nests(other.value, value)).map((other) => other.id)
      for (const each of wanted)
        assert.deepEqual(
          (await reads.nesting('virtual-interface', 'subnet', [each])).toSorted(),
          rivals(each).toSorted(),
        )
      const together = [...new Set(wanted.flatMap(rivals))].toSorted()
      assert.ok(together.length > 10)
      assert.deepEqual((await reads.nesting('virtual-interface', 'subnet', wanted)).toSorted(), together)
    })
  })
}

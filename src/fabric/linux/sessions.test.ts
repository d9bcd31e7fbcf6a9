import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { gatewayTools, gatewayWorld, numbered } from '../../../test/tools/gateway-world.ts'
import { until } from '../../../test/tools/until.ts'
import { runningProcesses } from '../../linux/daemons.ts'
import type { Router } from '../../linux/frr/router.ts'
import { listNamespaces } from '../../linux/namespaces.ts'
import type { DesiredGateway, DesiredSession, DesiredVirtualInterface } from '../../product/desired/desired.ts'
import type { CustomerRoute } from '../../product/routing/customer-routes.ts'
import { tooManyPrefixes } from '../../product/routing/prefix-limit.ts'

const announced = (count: number): readonly CustomerRoute[] =>
  Array.from({ length: count }, (_, index) => ({ cidr: `192.168.${index}.0/24` }))

function gatewayWith(...virtualInterfaces: readonly DesiredVirtualInterface[]): DesiredGateway {
  return { id: 'vgw-1 000000000000', asn: 64_512, virtualInterfaces, vpcIds: [] }
}

/** How often a customer's router has had a session, and why it lost the last one. */
async function historyOf(router: Router): Promise<readonly [times: number, reason: string | undefined]> {
  const shown: Readonly<
    Record<string, { readonly connectionsEstablished: number; readonly lastNotificationReason?: string }>
  > = JSON.parse(await router.ask('show bgp neighbors json'))
  const [neighbor] = Object.values(shown)
  return [neighbor?.connectionsEstablished ?? 0, neighbor?.lastNotificationReason]
}

test('what keeps one session down is told in words, and no other session is reset by it', gatewayTools, async () => {
  await using world = gatewayWorld()
  const one = (facts: Partial<DesiredSession> = {}) => numbered(1, {}, { prefixLimit: 2, ...facts })
  const two = numbered(2)
  const [first, second] = ['dxpeer-f4000001', 'dxpeer-f4000002']
  await world.wire(gatewayWith(one(), two))
  await world.gateways.apply([gatewayWith(two)], [])
  const quiet = await world.customer(two, announced(1))
  await world.seen((all) => all.get(second)?.up === true)
  const apply = (facts: Partial<DesiredSession> = {}) => world.gateways.apply([gatewayWith(one(facts), two)], [])
  const says = (reason: string | null) => world.seen((all) => all.get(first)?.lastError === reason)

  await apply()
  await says("the customer's router does not answer")
  const customer = await world.customer(one(), announced(2))
  await world.seen((all) => all.get(first)?.accepted?.length === 2)

  await apply({ shutDown: 'a failover test keeps the session down' })
  await says('a failover test keeps the session down')
  assert.deepEqual(await until(async () => (await historyOf(customer))[1]), 'Cease/Administrative Shutdown')
  await apply()
  await says(null)

  await world.customer(one(), announced(3))
  await says(tooManyPrefixes('ipv4', 2))
  await world.customer(one(), announced(2))
  await says(tooManyPrefixes('ipv4', 2))
  await apply({ clearedAt: 5 })
  await says(null)
  await world.customer(one(), announced(3))
  await says(tooManyPrefixes('ipv4', 2))
  await apply({ clearedAt: 5, prefixLimit: 3 })
  await world.seen((all) => all.get(first)?.accepted?.length === 3)

  await apply({ clearedAt: 5, prefixLimit: 3, authKey: 'another-key' })
  await says('the MD5 key does not match')
  await apply({ clearedAt: 5, prefixLimit: 3 })
  await says(null)
  await apply({ clearedAt: 5, prefixLimit: 3, asn: 65_009 })
  await says('the session was refused: OPEN Message Error/Bad Peer AS')
  await apply({ clearedAt: 5, prefixLimit: 3, withheld: 'its subnet overlaps' })
  await says('its subnet overlaps')
  await apply({ clearedAt: 5, prefixLimit: 3 })
  await says(null)
  await world.gateways.apply([gatewayWith({ ...one(), withheld: 'the link beneath is down' }, two)], [])
  await says('the link beneath is down')

  assert.deepEqual(await historyOf(quiet), [1, undefined])
  assert.deepEqual(world.warnings, [])
})

test(
  'as many prefixes as are allowed are taken and may change, also when it was more before; one more ends the session',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    const one = (prefixLimit: number) => numbered(1, {}, { prefixLimit })
    const allow = (prefixLimit: number) => world.gateways.apply([gatewayWith(one(prefixLimit))], [])
    const accepted = (count: number) =>
      world
        .seen((all) => all.get('dxpeer-f4000001')?.accepted?.length === count)
        .then((all) => all.get('dxpeer-f4000001'))
    const isIdle = (limit: number) =>
      world.seen((all) => all.get('dxpeer-f4000001')?.lastError === tooManyPrefixes('ipv4', limit))
    await world.wire(gatewayWith(one(3)))
    await allow(3)
    const customer = await world.customer(one(3), announced(2))
    await accepted(2)
    await allow(2)
    // With another MED each comes once more.
    await world.customer(
      one(2),
      announced(2).map((route) => ({ ...route, med: 7 })),
    )
    await until(async () => (await accepted(2))?.accepted?.every(({ med }) => med === 7))
    assert.deepEqual(await historyOf(customer), [1, undefined])

    await world.customer(one(2), announced(3))
    await isIdle(2)
    await until(async () => (await historyOf(customer))[1] === 'Cease/Maximum Number of Prefixes Reached')
    await allow(3)
    await accepted(3)
    await allow(2)
    await isIdle(2)
    await allow(1)
    await world.customer(one(1), announced(1))
    await isIdle(1)
    await allow(2)
    await accepted(1)
    await allow(1)
    await accepted(1)
    await world.customer(one(1), announced(2))
    await isIdle(1)
  },
)

test(
  'a router that lost a daemon is itself again within 5 s, and our own restart changes nothing',
  gatewayTools,
  async (t) => {
    await using world = gatewayWorld()
    const gateway = gatewayWith(numbered(1))
    await world.wire(gateway)
    await world.gateways.apply([gateway], [])
    const customer = await world.customer(numbered(1), announced(1))
    const isUp = () => world.seen((all) => all.get('dxpeer-f4000001')?.accepted?.length === 1)
    await isUp()
    await world.reopen()
    await world.gateways.apply([gateway], [])
    await isUp()
    assert.deepEqual(await historyOf(customer), [1, undefined])
    for (const program of ['zebra', 'bfdd', 'bgpd']) {
      const pid = routerProcess(world.names.prefix, program)
      const killedAt = performance.now()
      process.kill(pid, 'SIGKILL')
      await until(() => ![0, pid].includes(routerProcess(world.names.prefix, program)))
      await isUp()
      const healedAfter = Math.round(performance.now() - killedAt)
      assert.ok(healedAfter < 5_000, `${program}: ${healedAfter} ms`)
      t.diagnostic(`killed, ${program} and the session were there again after ${healedAfter} ms`)
    }
    const died = 'a routing daemon died; its router is started again'
    assert.deepEqual(
      world.warnings.map((warning) => warning.trim()),
      [died, died, died],
    )
  },
)

/** The process of our router; of the customer's, the command line has another directory. */
function routerProcess(prefix: string, program: string): number {
  const [, pid] =
    [...runningProcesses()].find(
      ([line]) =>
        line.startsWith(`/usr/lib/frr/${program}\0`) && line.includes(prefix) && !line.includes(`${prefix}customer`),
    ) ?? []
  return pid ?? 0
}

test('a gateway that ends leaves no namespace, process or file', gatewayTools, async () => {
  await using world = gatewayWorld()
  const gateway = { ...gatewayWith(numbered(1)), vpcIds: ['vpc-1'] }
  await world.wire(gateway)
  await world.gateways.apply([gateway], [{ id: 'vpc-1', region: 'us-east-1', cidrs: ['10.0.0.0/16'] }])
  // As after a crash of ours: who ends it is not who began it.
  await world.reopen()
  await world.gateways.end('remove')
  assert.deepEqual(listNamespaces(world.names.prefix), [world.names.device('device-1')])
  assert.deepEqual(
    readdirSync('/run/crossconnect').filter((name) => name.startsWith(world.names.prefix)),
    [],
  )
  assert.deepEqual(
    [...runningProcesses().keys()].filter((line) => line.includes(world.names.prefix)),
    [],
  )
})

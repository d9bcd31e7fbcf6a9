import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { cableWorld, linuxFabric } from '../../../test/tools/cable-world.ts'
import { iperf3, skipWithout } from '../../../test/tools/clients.ts'
import { customerRouter } from '../../../test/tools/customer-router.ts'
import { numbered } from '../../../test/tools/gateway-world.ts'
import { flow } from '../../../test/tools/iperf3.ts'
import { until } from '../../../test/tools/until.ts'
import { run } from '../../linux/command.ts'
import { ipBatch } from '../../linux/links.ts'
import type { Desired } from '../../product/desired/desired.ts'
import { openLinuxFabric } from './linux.ts'
import { namesFor } from './names.ts'

const tools = { skip: linuxFabric.skip || skipWithout('throughput', iperf3).skip }

/** A limit counts Ethernet frames, a receiver what is in their segments or datagrams. */
const within = (bps: number, limitBps: number) => bps <= 1.1 * limitBps && bps >= 0.7 * limitBps

test(
  'a limit holds in each direction, for TCP and for UDP, what is beside it has none, and another one takes effect on a flow that goes on',
  tools,
  async () => {
    await using ends = new AsyncDisposableStack()
    const world = ends.use(cableWorld())
    const directory = join(world.directory, 'fabric')
    const warnings: string[] = []
    const fabric = await openLinuxFabric({ directory, warn: (_, message) => warnings.push(message) })
    const names = namesFor(directory)
    ends.defer(() => fabric.end('remove'))
    const [port] = world.portNames
    const vlans = { 101: '169.254.1.2/30', 102: '169.254.2.2/30' }
    const site = await world.site({ name: 'a', ports: [port], lacp: false, vlans })
    const carrier = { deviceId: 'EqDC2-d1', carrierId: 'dxcon-f1' }
    const [hosted, other] = [numbered(1, carrier), numbered(2, carrier)]
    const limitedTo = (limitBps: number): Desired => ({
      devices: [
        {
          id: carrier.deviceId,
          cables: [
            {
              connectionId: carrier.carrierId,
              portId: '1Gbps/01',
              interfaceName: port,
              plugged: true,
              mustEncrypt: false,
              lagId: null,
            },
          ],
          bundles: [],
        },
      ],
      gateways: [{ id: 'vgw-1', asn: 64_512, virtualInterfaces: [{ ...hosted, limitBps }, other], vpcIds: ['vpc-1'] }],
      vpcs: [{ region: 'us-east-1', id: 'vpc-1', cidrs: ['10.0.0.0/16'] }],
    })
    await fabric.apply(limitedTo(50e6))
    const routers = await Promise.all(
      [hosted, other].map(async ({ vlan, sessions: [session] }) => {
        const { asn = 0, authKey = '' } = session ?? {}
        await ipBatch(site.hostOn(vlan), [`link set eth0 mtu ${hosted.mtu}`])
        const router = await customerRouter(world.options(), site.hostOn(vlan), {
          asn,
          amazonAsn: 64_512,
          amazonAddress: session?.amazonAddress.replace(/\/.*/, '') ?? '',
          authKey,
          announces: [`192.168.${vlan}.0/24`],
        })
        ends.use(router)
        await until(async () => (await router.neighbor()).bgpState === 'Established')
        return router
      }),
    )
    const over = (vlan: number, seconds: number, sender: 'client' | 'server', udpBps?: number) =>
      flow({
        client: site.hostOn(vlan),
        from: `192.168.${vlan}.1`,
        server: names.vpc('vpc-1'),
        address: '10.0.0.4',
        seconds,
        sender,
        ...(udpBps === undefined ? {} : { udpBps }),
      })
    for (const { vlan } of [hosted, other]) {
      const namespace = site.hostOn(vlan)
      await until(() => run('ping', ['-c1', '-W1', '-I', `192.168.${vlan}.1`, '10.0.0.4'], { namespace }))
    }

    for (const sender of ['client', 'server'] as const) {
      const [limited, free] = [await over(101, 2, sender), await over(102, 1, sender)]
      assert.ok(within(limited.bps, 50e6), `the ${sender} sends ${limited.bps} bit/s`)
      assert.ok(free.bps > 2 * 50e6, `${free.bps} bit/s beside ${limited.bps}`)
    }

    const running = over(101, 5, 'server')
    for (const limitBps of [20e6, 80e6]) {
      await delay(1_700)
      await fabric.apply(limitedTo(limitBps))
    }
    const { halves } = await running
    const begins = [50e6, 20e6, 80e6].map((limitBps) => halves.findIndex((bps) => within(bps, limitBps)))
    assert.ok(begins[0] === 0 && !begins.includes(-1), halves.join(' '))
    assert.deepEqual(
      begins,
      begins.toSorted((a, b) => a - b),
      halves.join(' '),
    )
    for (const router of routers) assert.equal((await router.neighbor()).connectionsEstablished, 1)

    // Of UDP so much is sent as before, however much is dropped, which may be packets of BFD; and a busy machine may have no
    // time to send so much.
    await fabric.apply(limitedTo(50e6))
    let most = 0
    for (const sender of ['client', 'server'] as const) {
      await until(async () => {
        const dropped = await over(101, 2, sender, 90e6)
        most = Math.max(most, dropped.bps)
        assert.ok(dropped.sentBps > 80e6 && dropped.bps >= 0.7 * 50e6, JSON.stringify(dropped))
        return true
      }, 30_000)
      assert.ok(most <= 1.1 * 50e6, `${most} bit/s`)
      await until(async () => (await over(102, 1, sender, 90e6)).bps > 1.3 * 50e6, 30_000)
    }
    assert.deepEqual(warnings, [])
  },
)

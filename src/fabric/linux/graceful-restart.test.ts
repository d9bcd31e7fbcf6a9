import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packets } from '../../../test/tools/cable-world.ts'
import { customerRouter } from '../../../test/tools/customer-router.ts'
import { gatewayTools, gatewayWorld, numbered } from '../../../test/tools/gateway-world.ts'
import { until } from '../../../test/tools/until.ts'
import { run } from '../../linux/command.ts'
import { runningProcesses } from '../../linux/daemons.ts'
import type { DesiredGateway, DesiredSession } from '../../product/desired/desired.ts'

const gatewayWith = (facts: Partial<DesiredSession> = {}): DesiredGateway => ({
  id: 'vgw-1',
  asn: 64_512,
  virtualInterfaces: [numbered(1, {}, facts)],
  vpcIds: ['vpc-1'],
})
const vpcs = [{ region: 'us-east-1', id: 'vpc-1', cidrs: ['10.0.0.0/16'] }]

test(
  'a customer without BFD loses no packet while our router is started again, and keeps no route when told that the session ends',
  gatewayTools,
  async () => {
    await using world = gatewayWorld()
    await world.wire(gatewayWith())
    await world.gateways.apply([gatewayWith()], vpcs)
    const namespace = world.names.device('device-1')
    const parts = { names: world.names, directory: '', running: runningProcesses(), warn: () => {} }
    await using router = await customerRouter(parts, namespace, {
      asn: 65_001,
      amazonAsn: 64_512,
      amazonAddress: '169.254.1.1',
      authKey: 'key-of-1',
      announces: ['192.168.1.0/24'],
      bfd: false,
    })
    await until(() => run('ping', ['-c1', '-W1', '-I', '192.168.1.1', '10.0.0.4'], { namespace }))
    const times = async () => (await router.neighbor()).connectionsEstablished
    const accepted = () => world.seen((all) => [...all.values()].some(({ accepted: routes }) => routes?.length === 1))
    await accepted()

    for (const program of ['bgpd', 'zebra', 'bfdd']) {
      const before = await times()
      const sending = packets(namespace, '10.0.0.4', '192.168.1.1')
      await until(() => sending.answered() > 10)
      process.kill(ourProcess(program, namespace, world.names.prefix), 'SIGKILL')
      await until(async () => (await times()) > before)
      await accepted()
      const then = sending.answered()
      await until(() => sending.answered() > then + 200)
      assert.equal((await sending.end()).lost, 0, program)
    }

    const keeps = async () => (await run('ip', ['-n', namespace, 'route', 'show', '10.0.0.0/16'])) !== ''
    assert.ok(await keeps())
    await world.gateways.apply([gatewayWith({ shutDown: 'a failover test keeps the session down' })], vpcs)
    // With graceful restart it would keep them for two minutes.
    await until(async () => !(await keeps()))
  },
)

/** The process of our router; the customer's has the namespace in its directory. */
function ourProcess(program: string, customer: string, prefix: string): number {
  const [, pid = 0] =
    [...runningProcesses()].find(
      ([line]) => line.startsWith(`/usr/lib/frr/${program}\0`) && line.includes(prefix) && !line.includes(customer),
    ) ?? []
  return pid
}

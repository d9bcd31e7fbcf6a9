import type { Figure } from '../figure.ts'
import { measured } from '../measure.ts'
import { askMoto, motoLoad } from '../moto.ts'
import { connectionIdAt, fillConnections, virtualGatewayIdAt } from '../records.ts'
import { storeRate } from '../store-rate.ts'
import { layOut, newWorld, portsOfDevice } from '../world.ts'
import { load } from '../wrk.ts'

/** So many connections and virtual interfaces a second there is room for, while it warms up and while it is measured. */
const [mostConnections, mostVirtualInterfaces] = [14_000, 8_000]

/** Seconds of load in which V8 compiles all that matters: some 30,000 orders. */
const leastWarmUp = 8

/** Durable orders of ports, each answered after its commit. */
export const createConnection: Figure = async ({ seconds, moto }) => {
  using world = await newWorld()
  await using server = await world.start()
  // Each has the most ports that a device may have, so that nobody has to search for a free one.
  const warmUp = Math.max(seconds, leastWarmUp)
  const codes = await layOut(server.url, Math.ceil(((warmUp + seconds) * mostConnections) / portsOfDevice))
  const inputs = codes.map((location) => ({ location, bandwidth: '10Gbps', connectionName: 'bench' }))
  const wish = { target: 'CreateConnection', inputs, clients: 64, seconds }
  await load(server.url, { ...wish, seconds: warmUp })
  const ours = await measured(server, wish)
  const store = await storeRate(seconds)
  const line = {
    figure: 'CreateConnection, durable, 64 clients',
    measured: ours.requestsPerSecond,
    unit: '/s',
    ...ours,
  } as const
  const own = {
    ...line,
    beside: { what: 'the store alone', measured: store },
    targets: [
      { of: 'measured', atLeast: 8_000 },
      { of: 'p99Ms', atMost: 60 },
    ],
  } as const
  if (moto === undefined) return [own]
  await askMoto(moto, 'CreateConnection', inputs[0] ?? {})
  const { requestsPerSecond } = await motoLoad(moto, wish)
  return [
    own,
    { ...line, beside: { what: 'moto', measured: requestsPerSecond }, targets: [{ of: 'ratio', atLeast: 15 }] },
  ]
}

const connections = 2_000
const atGateway = 10

/** Durable orders of virtual interfaces, spread over connections and gateways as customers' are. */
export const createVirtualInterface: Figure = async ({ seconds }) => {
  using world = await newWorld()
  await world.fill((store) => fillConnections(store, 0, connections))
  await using server = await world.start()
  const warmUp = Math.max(seconds, leastWarmUp)
  const inputs = Array.from({ length: (warmUp + seconds) * mostVirtualInterfaces }, (_, turn) => ({
    connectionId: connectionIdAt(turn % connections),
    newPrivateVirtualInterface: {
      virtualInterfaceName: 'bench',
      vlan: 2 + Math.floor(turn / connections),
      asn: 65_000,
      virtualGatewayId: virtualGatewayIdAt(Math.floor(turn / atGateway)),
    },
  }))
  const target = 'CreatePrivateVirtualInterface'
  // Each can be ordered once.
  const first = inputs.slice(0, warmUp * mostVirtualInterfaces)
  await load(server.url, { target, inputs: first, clients: 64, seconds: warmUp })
  const ours = await measured(server, { target, inputs: inputs.slice(first.length), clients: 64, seconds })
  return [
    {
      figure: 'CreatePrivateVirtualInterface, durable, 64 clients',
      measured: ours.requestsPerSecond,
      unit: '/s',
      ...ours,
      targets: [{ of: 'measured', atLeast: 5_000 }],
    },
  ]
}

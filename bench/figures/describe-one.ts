import { bareServer } from '../bare.ts'
import type { Figure } from '../figure.ts'
import { sideBySide } from '../measure.ts'
import { askMoto, motoLoad } from '../moto.ts'
import { ask, newWorld } from '../world.ts'

const order = { location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'bench' }

/** The usual poll: one connection, many clients. */
export const describeOne: Figure = async ({ seconds, moto }) => {
  using world = await newWorld()
  await using server = await world.start()
  await ask(server.url, 'CreateConnection', order)
  using bare = await bareServer(JSON.stringify(await ask(server.url, 'DescribeConnections', {})))
  const wish = { target: 'DescribeConnections', inputs: [{}], clients: 64, seconds }
  const { ours, theirs } = await sideBySide(server, bare, wish)
  const { requestsPerSecond, ...rest } = ours
  const line = {
    figure: 'DescribeConnections, 1 stored, 64 clients',
    measured: requestsPerSecond,
    unit: '/s',
    ...rest,
  } as const
  const beside = { what: 'bare node:http', measured: theirs.requestsPerSecond }
  const bareLine = { ...line, beside, targets: [{ of: 'ratio', atLeast: 0.3 }] } as const
  if (moto === undefined) return [bareLine]
  await askMoto(moto, 'CreateConnection', order)
  const { requestsPerSecond: motoRate } = await motoLoad(moto, wish)
  const motoLine = {
    ...line,
    beside: { what: 'moto', measured: motoRate },
    targets: [{ of: 'ratio', atLeast: 30 }],
  } as const
  return [bareLine, motoLine]
}

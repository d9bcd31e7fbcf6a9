import { setTimeout as delay } from 'node:timers/promises'
import { until } from '../../../src/lab/until.ts'
import type { Carrier, Gateway } from '../../../src/lab/workshop.ts'
import { type Figure, median, type Work } from '../figure.ts'
import { type Memory, memoryOf } from '../memory.ts'
import { orderAndWait, prepareVlans, stepsOf, type Times } from '../order.ts'
import { type World, worldOf } from '../world.ts'

const gatewayCount = 7
const total = 200
/** So many are timed at either end, beginning with the second, ending with the last. */
const timed = 5
/** A connection has no more than fifty. */
const bulkConnections = 4
const mebibyte = 2 ** 20

/**
 * How long the 200th virtual interface takes against the second. Those that are timed end at a customer's router, up to the
 * established session; those between have a cable with light, but nobody at its end who would answer. The last ones have
 * another router than the first, that has as few sessions as that had: what it takes a customer to enter one more is no
 * matter of ours.
 */
export const twoHundred: Figure = {
  summary: `the ${total}th virtual interface against the second, and what memory they take`,
  async measure(work) {
    const built: { timed: Carrier[]; bulk: Carrier[]; gateways: Gateway[] } = { timed: [], bulk: [], gateways: [] }
    await using world = await worldOf(
      {
        reaches: [],
        async build(on) {
          const early = await on.site('early', { asn: 65001, lan: '192.168.10' })
          const late = await on.site('late', { asn: 65003, lan: '192.168.30' })
          const others = await on.site('others', { asn: 65002, lan: '192.168.20' })
          for (let number = 0; number < gatewayCount; number++)
            built.gateways.push(await on.virtualGateway(await on.vpc(`vpc-${number}`, `10.${number}.0.0/16`)))
          for (const to of [early, late]) built.timed.push(await on.connection({ at: 'EqDC2', to }))
          for (let number = 0; number < bulkConnections; number++)
            built.bulk.push(await on.connection({ at: number === 0 ? 'EqDC2' : 'CSVA1', to: others }))
          const [first] = built.bulk
          const [gateway] = built.gateways
          if (first !== undefined && gateway !== undefined)
            await on.privateInterface({ over: first, vlan: 100, gateway })
        },
      },
      work,
    )
    const vlans = Array.from({ length: timed }, (_, index) => 500 + index)
    for (const over of built.timed) await prepareVlans(world, over, vlans)

    /** Each of those that are timed leads to a gateway that runs. */
    const takeTimes = async (over: Carrier | undefined, gatewayOf: (index: number) => number): Promise<Times[]> => {
      if (over === undefined) throw new Error('the lab was not built')
      const all: Times[] = []
      for (const [index, vlan] of vlans.entries()) {
        const gateway = built.gateways[gatewayOf(index)]
        if (gateway === undefined) throw new Error('no such gateway')
        const times = await orderAndWait(world, { over, gateway, vlan }, work)
        work.say(`established ${times.established} ms after the order (${stepsOf([times])})`)
        all.push(times)
        await delay(settleMs)
      }
      return all
    }
    const few = await memoryOf(world)
    const early = await takeTimes(built.timed[0], () => 0)
    const between = total - 1 - 2 * timed
    await orderMany(world, work, built.bulk, built.gateways, between)
    const late = await takeTimes(built.timed[1], (index) => (index + 1) % gatewayCount)
    const many = await memoryOf(world)

    const [second, last] = [early, late].map((all) => median(all.map(({ established }) => established)))
    if (second === undefined || last === undefined) throw new Error('nothing was timed')
    return [
      {
        what: `the ${total}th virtual interface against the second`,
        unit: 'times',
        value: last / second,
        target: { below: 1.5 },
        samples: late.map(({ established }, index) => established / (early[index]?.established ?? established)),
        note: `order to established: ${Math.round(second)} ms (${stepsOf(early)}), then ${Math.round(last)} ms (${stepsOf(late)})`,
      },
      ...memoryRows(few, many),
    ]
  },
}

/** So long after one that is timed the next is ordered, so that it does not wait for what that one has set going. */
const settleMs = 3_000

async function orderMany(
  world: World,
  { say, interrupted }: Work,
  over: readonly Carrier[],
  gateways: readonly Gateway[],
  count: number,
): Promise<void> {
  const begunAt = Date.now()
  for (let number = 0; number < count; number++) {
    const [carrier, gateway] = [over[number % over.length], gateways[number % gateways.length]]
    if (carrier === undefined || gateway === undefined) throw new Error('nothing to order over')
    interrupted.throwIfAborted()
    await world.api.ask('CreatePrivateVirtualInterface', {
      connectionId: carrier.id,
      newPrivateVirtualInterface: {
        virtualInterfaceName: `many-${number}`,
        vlan: 101 + Math.floor(number / over.length),
        asn: 65_010,
        addressFamily: 'ipv4',
        virtualGatewayId: gateway.id,
      },
    })
  }
  const orderedMs = Date.now() - begunAt
  await until(`${count} virtual interfaces are configured`, 240_000, async () => {
    interrupted.throwIfAborted()
    const sessions = await sessionsOf(world)
    await delay(200)
    const tried = sessions.filter(({ up, lastError }) => up || lastError === unanswered)
    return tried.length >= count || undefined
  })
  say(`${count} more: ordered in ${orderedMs} ms, configured after ${Date.now() - begunAt} ms`)
}

interface Session {
  readonly up: boolean
  readonly lastError: string | null
}

/** All of them, page by page. */
async function sessionsOf({ api }: World): Promise<readonly Session[]> {
  const all: Session[] = []
  let token: string | null = ''
  while (token !== null) {
    const page: {
      readonly bgpPeers: readonly { readonly session: Session }[]
      readonly nextToken?: string | null
    } = await api.operator(
      'GET',
      `/bgp-peers?limit=100${token === '' ? '' : `&nextToken=${encodeURIComponent(token)}`}`,
    )
    all.push(...page.bgpPeers.map(({ session }) => session))
    token = page.nextToken ?? null
  }
  return all
}

/** What our side says of a session that it tries to establish. */
const unanswered = "the customer's router does not answer"

function memoryRows(few: Memory, many: Memory) {
  const row = (what: string, bytes: number, note?: string) => ({
    what,
    unit: 'MiB',
    value: bytes / mebibyte,
    target: null,
    samples: [bytes / mebibyte],
    ...(note === undefined ? {} : { note }),
  })
  const more = many.virtualInterfaces - few.virtualInterfaces
  return [
    row(
      'memory of a gateway with one virtual interface',
      few.perGateway,
      'zebra, bgpd and bfdd, as shared memory is counted (PSS)',
    ),
    row(`memory of a gateway with ${Math.round(many.virtualInterfaces / many.gateways)}`, many.perGateway),
    row(
      'memory of a virtual interface more',
      (many.gateways * (many.perGateway - few.perGateway) + many.devices - few.devices) / more,
      'in its gateway and in the switch of its device',
    ),
    row('memory of the switch of a device, first', few.devices / few.deviceCount),
    row(
      `memory of the server with ${many.virtualInterfaces} virtual interfaces`,
      many.server,
      `with one: ${Math.round(few.server / mebibyte)} MiB`,
    ),
  ]
}

import { readFileSync, writeFileSync } from 'node:fs'
import { replaceTable } from '../../linux/firewall.ts'
import { endRouter, openRouter, type Router } from '../../linux/frr/router.ts'
import { deleteNamespace, ensureNamespace, hasNamespace, routerSwitches } from '../../linux/namespaces.ts'
import type { DesiredGateway, DesiredVpc } from '../../product/desired/desired.ts'
import type { Seen } from '../../product/sightings/seen.ts'
import type { Traffic } from '../fabric.ts'
import { trafficOf } from './counters.ts'
import { addressOf, bfdConfiguration, sessionsOf } from './frr-config/gateway.ts'
import { gatewayRules, gatewayTable } from './gateway-rules.ts'
import { bringRouting, type Routing, routingOf } from './gateway-views.ts'
import { configureEnds, type WireEnds, wireEndsOf } from './gateway-wires.ts'
import { keyWatch } from './key-watch.ts'
import { interfaceOf } from './names.ts'
import type { Carries, PartOptions, WiresPresent } from './parts.ts'
import { endOverfull } from './prefix-limits.ts'
import { type Neighbors, sessionsSeen, type Table } from './sessions.ts'
import { joinVpc, partVpc, placesOf } from './vpcs.ts'

/** One gateway: a namespace with a router. */
export interface Gateway {
  /** Makes it so; what is the same as before is not touched. `vpcs` with the metric of the way from each to here. */
  apply(
    desired: DesiredGateway,
    vpcs: readonly (readonly [vpc: DesiredVpc, metric: number])[],
    wires: WiresPresent,
  ): Promise<void>
  look(carries: Carries): Promise<readonly Seen[]>
  count(): readonly Traffic[]
  onChange(listener: () => void): void
  release(): Promise<void>
  remove(): Promise<void>
}

/** What was done, for the next run. */
interface Applied {
  readonly ends: WireEnds
  readonly rules: string
  readonly routing?: Routing
  readonly vpcs: Readonly<Record<string, string>>
  /** By BGP peer: when it was cleared last, and how many prefixes it may announce. */
  readonly sessions: Readonly<Record<string, { readonly clearedAt: number | null; readonly prefixLimit: number }>>
}

/** So long after an update its routes may still change, real milliseconds. */
const settlingMs = 3_000

const nothing: Applied = { ends: {}, rules: '', vpcs: {}, sessions: {} }

/** @param directory what outlives us and not the machine: `Router` has it, and what was applied lies in it */
export function openGateway(id: string, directory: string, options: PartOptions): Gateway {
  const { names, running, warn } = options
  const namespace = names.gateway(id)
  const file = `${directory}/applied.json`
  const state = {
    // Of a namespace that ended with its container nothing is so any more, whatever the file says.
    applied: hasNamespace(namespace) ? read(file) : nothing,
    wanted: '',
    desired: undefined as DesiredGateway | undefined,
    problem: null as string | null,
    router: undefined as Router | undefined,
    listeners: [] as (() => void)[],
    tables: { ipv4: { routes: {} }, ipv6: { routes: {} } } as { ipv4: Table; ipv6: Table },
    /** Of the tables: of which changes they tell, and until when there may be more to tell. */
    told: { changes: '', settlesAt: 0 },
  }
  const keys = keyWatch(namespace, directory)

  async function bring(
    desired: DesiredGateway,
    vpcs: readonly (readonly [DesiredVpc, number])[],
    ends: WireEnds,
  ): Promise<void> {
    await ensureNamespace(namespace, routerSwitches)
    const before = state.applied
    const present = await configureEnds(names, id, before.ends, ends)
    const joined = Object.fromEntries(vpcs.map(([vpc, metric]) => [vpc.id, JSON.stringify([placesOf(vpc), metric])]))
    for (const [vpc, metric] of vpcs) if (before.vpcs[vpc.id] !== joined[vpc.id]) await joinVpc(names, id, vpc, metric)
    for (const vpcId of Object.keys(before.vpcs)) if (!(vpcId in joined)) await partVpc(names, id, vpcId)

    const inside = vpcs.map(([vpc]) => interfaceOf(vpc.id))
    const routers = vpcs.flatMap(([vpc]) => placesOf(vpc).map(({ router }) => router))
    const rules = gatewayRules(desired, inside, routers)
    if (rules !== before.rules) await replaceTable(namespace, gatewayTable, rules)
    const routing = routingOf(
      desired,
      vpcs.map(([vpc]) => vpc),
    )
    const router = await bringRouting(namespace, desired, before.routing, routing, open)
    const sessions = await clear(desired, router, before)
    state.applied = { ends: present, rules, routing, vpcs: joined, sessions }
    writeFileSync(file, JSON.stringify(state.applied), { mode: 0o600 })
    const missing = Object.keys(ends).find((vifId) => !(vifId in present))
    if (missing !== undefined) throw new Error(`the gateway has no wire to ${missing}`)
  }

  async function open(bgp: string): Promise<Router> {
    if (state.router !== undefined) return state.router
    state.router = await openRouter({ namespace, directory, bgp, bfd: bfdConfiguration, running, warn })
    state.router.onChange(() => {
      for (const listener of state.listeners) listener()
    })
    return state.router
  }

  return {
    async apply(desired, vpcs, wires) {
      const ends = wireEndsOf(desired.virtualInterfaces, wires)
      const wanted = JSON.stringify([desired, vpcs, ends])
      if (wanted === state.wanted) return
      state.desired = desired
      try {
        await bring(desired, vpcs, ends)
        state.wanted = wanted
        state.problem = null
      } catch (error) {
        state.problem = messageOf(error)
        warn({ err: error, gatewayId: id }, 'a gateway could not be made as it should be; it is tried again')
      }
    },
    async look(carries) {
      if (state.desired === undefined) return []
      const { neighbors, problem } = await readNeighbors(state.desired)
      const waiting = sessionsOf(state.desired)
        .filter(({ vif, session }) => carries(vif.carrierId) && session.shutDown === null)
        .map(({ session }) => ({
          id: session.bgpPeerId,
          up: neighbors[addressOf(session.customerAddress)]?.bgpState === 'Established',
        }))
      await keys.look(waiting)
      return sessionsSeen(state.desired, {
        neighbors,
        tables: state.tables,
        carries,
        problem,
        keyDiffers: keys.differs,
      })
    },
    count() {
      const vifs = state.desired?.virtualInterfaces ?? []
      const interfaces = new Map(vifs.map(({ id }) => [id, interfaceOf(id)]))
      return trafficOf('virtual-interface', interfaces, { pidFile: `${directory}/bgpd.pid` })
    },
    onChange: (listener) => void state.listeners.push(listener),
    async release() {
      await state.router?.release()
    },
    async remove() {
      // Customers' routers hear that sessions end; one that hears nothing keeps our routes for its hold time.
      await state.router?.ask('clear bgp *').catch(() => '')
      await state.router?.release()
      await endRouter({ namespace, directory })
      await deleteNamespace(namespace)
    },
  }

  /** No router, no neighbors: it may be about to be started again. */
  async function readNeighbors(
    desired: DesiredGateway,
  ): Promise<{ readonly neighbors: Neighbors; readonly problem: string | null }> {
    const { router, problem } = state
    if (router === undefined) return { neighbors: {}, problem }
    try {
      const before = await neighborsOf(router)
      const neighbors = (await endOverfull(desired, router, before)) ? await neighborsOf(router) : before
      await readTables(router, neighbors)
      return { neighbors, problem }
    } catch (error) {
      return { neighbors: {}, problem: problem ?? messageOf(error) }
    }
  }

  /** Routes are asked for when a session changed or an update went over one, and until FRR has worked that off. */
  async function readTables(router: Router, neighbors: Neighbors): Promise<void> {
    const sessions = Object.values(neighbors).map(({ bgpState, messageStats }) => [
      bgpState,
      messageStats?.updatesRecv,
      messageStats?.updatesSent,
    ])
    const changes = JSON.stringify([state.wanted, sessions])
    if (changes !== state.told.changes) state.told = { changes, settlesAt: performance.now() + settlingMs }
    else if (performance.now() > state.told.settlesAt) return
    const [ipv4, ipv6] = [await tableOf(router, 'ipv4'), await tableOf(router, 'ipv6')]
    state.tables = { ipv4, ipv6 }
  }
}

/**
 * Clears the sessions that were cleared since, and those that are Idle for too many prefixes where more are allowed now.
 * What is seen for the first time has nothing to be cleared of.
 */
async function clear(desired: DesiredGateway, router: Router, before: Applied): Promise<Applied['sessions']> {
  const sessions = sessionsOf(desired).map(({ session }) => session)
  const due = sessions.filter(({ bgpPeerId, clearedAt, prefixLimit }) => {
    const known = before.sessions[bgpPeerId]
    return known !== undefined && (clearedAt !== known.clearedAt || prefixLimit > known.prefixLimit)
  })
  const neighbors = due.length === 0 ? {} : await neighborsOf(router)
  for (const { bgpPeerId, clearedAt, customerAddress } of due) {
    const address = addressOf(customerAddress)
    const isIdle = neighbors[address]?.prefixesConfigExceedMax === true
    if (isIdle || clearedAt !== before.sessions[bgpPeerId]?.clearedAt) await router.ask(`clear bgp ${address}`)
  }
  return Object.fromEntries(
    sessions.map(({ bgpPeerId, clearedAt, prefixLimit }) => [bgpPeerId, { clearedAt, prefixLimit }]),
  )
}

async function neighborsOf(router: Router): Promise<Neighbors> {
  return JSON.parse(await router.ask('show bgp neighbors json'))
}

async function tableOf(router: Router, family: 'ipv4' | 'ipv6'): Promise<Table> {
  return JSON.parse(await router.ask(`show bgp ${family} unicast json detail`))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function read(file: string): Applied {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return nothing
  }
}

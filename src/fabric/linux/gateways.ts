import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { deleteNamespace, listNamespaces } from '../../linux/namespaces.ts'
import type { DesiredGateway, DesiredVpc } from '../../product/desired/desired.ts'
import { fingerprint } from '../../product/fingerprint.ts'
import type { Seen } from '../../product/sightings/seen.ts'
import { type Gateway, openGateway } from './gateway.ts'
import type { Names } from './names.ts'
import type { Gateways, PartOptions } from './parts.ts'
import { propagate } from './propagated.ts'
import { ensureVpc, publicSides } from './vpcs.ts'

/**
 * Where routers keep what outlives us: their processes do, and a machine that is started anew has neither. FRR, which is
 * not root, has to reach it, so it cannot lie among the installation's own data.
 */
const runDirectory = '/run/crossconnect'

/** Takes over the gateways of an earlier run with the same names. */
export function openGateways(options: PartOptions): Gateways {
  const { names } = options
  const gateways = new Map<string, Gateway>()
  const listeners: (() => void)[] = []
  const state = {
    /** The VPCs that have several gateways, with their ids. */
    shared: new Map() as ReadonlyMap<DesiredVpc, readonly string[]>,
    told: new Map<string, string>(),
  }
  mkdirSync(runDirectory, { recursive: true, mode: 0o755 })
  for (const id of earlierGateways(names)) hold(id, options)

  /** What ran when we began is of no use for what began later. */
  function hold(id: string, given: PartOptions = { ...options, running: new Map() }): Gateway {
    const known = gateways.get(id)
    if (known !== undefined) return known
    writeFileSync(`${directoryOf(names, id)}.id`, id)
    const gateway = openGateway(id, directoryOf(names, id), given)
    gateway.onChange(() => {
      for (const listener of listeners) listener()
    })
    gateways.set(id, gateway)
    return gateway
  }

  async function drop(id: string): Promise<void> {
    await gateways.get(id)?.remove()
    gateways.delete(id)
    rmSync(`${directoryOf(names, id)}.id`, { force: true })
  }

  async function endOtherVpcs(desired: readonly DesiredVpc[]): Promise<void> {
    const namespaces = new Set(desired.map(({ id }) => names.vpc(id)))
    for (const namespace of listNamespaces(names.vpc('')))
      if (!namespaces.has(namespace)) await deleteNamespace(namespace)
  }

  /** What customers announce to one of several gateways of a VPC is told to the VPC. */
  async function tellVpcs(seen: ReadonlyMap<string, readonly Seen[]>): Promise<void> {
    for (const [vpc, gatewayIds] of state.shared) {
      const fronts = gatewayIds.map((gatewayId) => {
        const routes = (seen.get(gatewayId) ?? []).flatMap(({ accepted = [] }) => accepted)
        return { gatewayId, cidrs: [...new Set(routes.map(({ cidr }) => cidr))].toSorted() }
      })
      const told = JSON.stringify([vpc, fronts])
      if (state.told.get(vpc.id) === told) continue
      await propagate(names, vpc, fronts)
      state.told.set(vpc.id, told)
    }
  }

  return {
    async apply(desired, desiredVpcs) {
      const wanted = new Set(desired.map(({ id }) => id))
      await Promise.all([...gateways.keys()].filter((id) => !wanted.has(id)).map(drop))
      const present = [...desiredVpcs, ...desired.flatMap(publicSides)]
      await Promise.all(present.map(({ id }) => ensureVpc(names, id)))
      const behind = vpcsBehind(desired, desiredVpcs)
      await Promise.all(desired.map((gateway) => hold(gateway.id).apply(gateway, behind(gateway))))
      state.shared = sharedVpcs(desired, desiredVpcs)
      await endOtherVpcs(present)
    },
    async look(carries) {
      const seen = await Promise.all(
        [...gateways].map(async ([id, gateway]) => [id, await gateway.look(carries)] as const),
      )
      await tellVpcs(new Map(seen)).catch((error: unknown) => {
        options.warn({ err: error }, 'a VPC could not be told which gateway leads where; it is tried again')
      })
      return seen.flatMap(([, sessions]) => sessions)
    },
    count: () => [...gateways.values()].flatMap((gateway) => gateway.count()),
    onChange: (listener) => void listeners.push(listener),
    async end(how) {
      if (how === 'keep') {
        await Promise.all([...gateways.values()].map((gateway) => gateway.release()))
        return
      }
      await Promise.all([...gateways.keys()].map(drop))
      await endOtherVpcs([])
    },
  }
}

function directoryOf({ prefix }: Names, gatewayId: string): string {
  return `${runDirectory}/${prefix}${fingerprint(gatewayId)}`
}

/** Each has a file with its id beside its directory. */
function earlierGateways({ prefix }: Names): readonly string[] {
  return readdirSync(runDirectory)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.id'))
    .map((name) => readFileSync(`${runDirectory}/${name}`, 'utf8'))
}

function sharedVpcs(
  gateways: readonly DesiredGateway[],
  vpcs: readonly DesiredVpc[],
): ReadonlyMap<DesiredVpc, readonly string[]> {
  const fronts = vpcs.map(
    (vpc) => [vpc, gateways.filter(({ vpcIds }) => vpcIds.includes(vpc.id)).map(({ id }) => id)] as const,
  )
  return new Map(fronts.filter(([, ids]) => ids.length > 1))
}

/** The VPCs behind each gateway, with which of the ways out of a VPC leads to it: the lowest is taken. */
function vpcsBehind(gateways: readonly DesiredGateway[], vpcs: readonly DesiredVpc[]) {
  const known = new Map(vpcs.map((vpc) => [vpc.id, vpc]))
  const fronts = Map.groupBy(
    gateways.flatMap(({ id, vpcIds }) => vpcIds.map((vpcId) => ({ id, vpcId }))),
    ({ vpcId }) => vpcId,
  )
  return (gateway: DesiredGateway) => [
    ...publicSides(gateway).map((side) => [side, 100] as const),
    ...gateway.vpcIds.flatMap((vpcId) => {
      const vpc = known.get(vpcId)
      const rank = fronts.get(vpcId)?.findIndex((front) => front.id === gateway.id) ?? 0
      return vpc === undefined ? [] : [[vpc, 100 + rank] as const]
    }),
  ]
}

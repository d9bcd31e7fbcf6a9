import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { deleteNamespace, listNamespaces } from '../../linux/namespaces.ts'
import type { DesiredGateway, DesiredVpc } from '../../product/desired/desired.ts'
import { fingerprint } from '../../product/fingerprint.ts'
import { type Gateway, openGateway } from './gateway.ts'
import type { Names } from './names.ts'
import type { Gateways, PartOptions } from './parts.ts'
import { publicSides } from './vpcs.ts'

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

  return {
    async apply(desired, desiredVpcs) {
      const wanted = new Set(desired.map(({ id }) => id))
      await Promise.all([...gateways.keys()].filter((id) => !wanted.has(id)).map(drop))
      const behind = vpcsBehind(desired, desiredVpcs)
      await Promise.all(desired.map((gateway) => hold(gateway.id).apply(gateway, behind(gateway))))
      await endOtherVpcs([...desiredVpcs, ...desired.flatMap(publicSides)])
    },
    async look(carries) {
      const seen = await Promise.all([...gateways.values()].map((gateway) => gateway.look(carries)))
      return seen.flat()
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

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { deleteNamespace, listNamespaces } from '../../linux/namespaces.ts'
import type { DesiredVpc } from '../../product/desired/desired.ts'
import { fingerprint } from '../../product/fingerprint.ts'
import type { Seen } from '../../product/sightings/seen.ts'
import { type Behind, behindEach, placedBehind } from './behind.ts'
import { type Gateway, openGateway } from './gateway.ts'
import type { Names } from './names.ts'
import type { Gateways, PartOptions } from './parts.ts'
import { propagate } from './propagated.ts'
import { ensureVpc } from './vpcs.ts'

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
    /** What has several gateways. */
    shared: [] as readonly Behind[],
    /** What each of these was told last. */
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

  /** What customers announce to one of several gateways is told to what lies behind these. */
  async function tellShared(seen: ReadonlyMap<string, readonly Seen[]>): Promise<void> {
    const fronts = new Set(state.shared.flatMap((each) => each.fronts))
    const accepted = new Map([...fronts].map((id) => [id, (seen.get(id) ?? []).flatMap((each) => each.accepted ?? [])]))
    const texts = new Map([...accepted].map(([id, routes]) => [id, JSON.stringify(routes)]))
    for (const each of state.shared) {
      const { vpc } = each
      const told = JSON.stringify([vpc, each.fronts, each.fronts.map((id) => texts.get(id))])
      if (state.told.get(vpc.id) === told) continue
      try {
        await propagate(names, vpc, each.leading(accepted))
        state.told.set(vpc.id, told)
      } catch (error) {
        const message = 'a VPC could not be told which gateway leads where; it is tried again'
        options.warn({ err: error, vpcId: vpc.id }, message)
      }
    }
  }

  return {
    async apply(desired, desiredVpcs, wires = new Map()) {
      const wanted = new Set(desired.map(({ id }) => id))
      await Promise.all([...gateways.keys()].filter((id) => !wanted.has(id)).map(drop))
      const behind = placedBehind(desired, desiredVpcs)
      const behindOf = behindEach(behind)
      const present = behind.map(({ vpc }) => vpc)
      await Promise.all(present.map(({ id }) => ensureVpc(names, id)))
      await Promise.all(desired.map((gateway) => hold(gateway.id).apply(gateway, behindOf(gateway), wires)))
      state.shared = behind.filter(({ fronts }) => fronts.length > 1)
      const shared = new Set(state.shared.map(({ vpc }) => vpc.id))
      for (const id of state.told.keys()) if (!shared.has(id)) state.told.delete(id)
      await endOtherVpcs(present)
    },
    async look(carries) {
      const seen = await Promise.all(
        [...gateways].map(async ([id, gateway]) => [id, await gateway.look(carries)] as const),
      )
      await tellShared(new Map(seen))
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

import { existsSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { addPair, deleteLink, ipBatch, type Link, readLinks } from '../../linux/links.ts'
import { deleteNamespace, ensureNamespace, hasNamespace, routerSwitches } from '../../linux/namespaces.ts'
import { applyBridges, type BridgeOrder } from '../../linux/open-vswitch/bridges.ts'
import { agreedMembers } from '../../linux/open-vswitch/control.ts'
import { endVswitch, openVswitch } from '../../linux/open-vswitch/instance.ts'
import { watchLinks } from '../../linux/watch-links.ts'
import type { DesiredCable, DesiredDevice } from '../../product/desired/desired.ts'
import type { Seen } from '../../product/sightings/seen.ts'
import type { Traffic } from '../fabric.ts'
import { seenOf } from './carriers.ts'
import { trafficOf } from './counters.ts'
import { giveAllBack, giveBack, isPort, readyPort, takePort } from './host-interfaces.ts'
import { interfaceOf } from './names.ts'
import { type PartOptions, type Wire, type WiresPresent, wireMtu } from './parts.ts'

/** The interfaces of the host, read when they are needed. */
export type HostLinks = () => Promise<ReadonlyMap<string, Link>>

/** One device: a namespace with a switch in it, where ports and wires are. */
export interface Device {
  apply(desired: DesiredDevice, wires: readonly Wire[], host: HostLinks): Promise<void>
  /** Those that are there since the last time that all was applied. */
  wires(): WiresPresent
  look(): readonly Seen[]
  count(): readonly Traffic[]
  end(how: 'keep' | 'remove'): Promise<void>
}

export interface DeviceOptions extends Omit<PartOptions, 'names'> {
  readonly namespace: string
  /** The namespace of a gateway. */
  readonly gatewayOf: (gatewayId: string) => string
  readonly changed: () => void
}

/** What arrives at a port is for the switch alone. */
const deviceSwitches = { 'ipv6/conf/all/disable_ipv6': 1, 'ipv6/conf/default/disable_ipv6': 1 }

/** How often LACP is asked what it uses, where there are LAGs, real milliseconds. */
const askEveryMs = 200
/** LACP needs a moment to find its partners again when its daemon was started; so long, what was agreed before holds. */
const graceMs = 3_000

export async function openDevice(options: DeviceOptions): Promise<Device> {
  const { namespace, directory } = options
  // One without the other is what somebody has left of them.
  if (!existsSync(directory) || !hasNamespace(namespace)) await removeDevice(namespace, directory)
  await ensureNamespace(namespace, deviceSwitches)
  const [vswitch, watch] = await Promise.all([openVswitch(options), watchLinks(namespace)])
  const nothing: DesiredDevice = { id: '', cables: [], bundles: [] }
  const state = {
    desired: nothing,
    wires: [] as readonly Wire[],
    present: new Map() as WiresPresent,
    /** What was applied, as text; null: it may not be so any more. */
    applied: null as string | null,
    /** What LACP uses; null: it was not asked yet. */
    agreed: null as ReadonlySet<string> | null,
    refused: new Map<string, string>() as ReadonlyMap<string, string>,
    /** The interfaces here that are the host's: of others, such as the loopback, none is a port, whatever it is called. */
    ports: new Set() as ReadonlySet<string>,
    following: Promise.resolve(),
    over: false,
  }

  const look = () => {
    const links = new Map([...watch.links()].filter(([name]) => state.ports.has(name)))
    return seenOf(state.desired, { links, agreed: state.agreed ?? new Set(), refused: state.refused })
  }

  /** The ports and LAGs that are up. */
  const carriersUp = (): ReadonlySet<string> => new Set(look().flatMap(({ id, up }) => (up ? id : [])))

  /** Wires have carrier as long as what is beneath them is up. */
  async function follow(): Promise<void> {
    if (state.over) return
    const up = carriersUp()
    const links = watch.links()
    const wrong = state.wires.filter(({ id, carrierId }) => {
      const link = links.get(interfaceOf(id))
      return link !== undefined && link.up !== up.has(carrierId)
    })
    const lines = wrong.map(
      ({ id, carrierId }) => `link set dev ${interfaceOf(id)} ${up.has(carrierId) ? 'up' : 'down'}`,
    )
    await ipBatch(namespace, lines, { force: true })
  }
  /** One after the other, each by what is seen when its turn comes. */
  function followSoon(): Promise<void> {
    state.following = state.following.then(follow).catch(() => {
      // An interface went meanwhile: that is told too.
      state.applied = null
    })
    return state.following
  }

  let before = ''
  watch.onChange(() => {
    // Something of ours that goes, or is switched by somebody else, is put right by the next round.
    state.applied = null
    // A wire that is new is told of here.
    void followSoon()
    tellIfChanged()
  })
  function tellIfChanged(): void {
    const now = JSON.stringify(look())
    if (now === before) return
    before = now
    options.changed()
  }

  async function askLacp(): Promise<void> {
    if (state.desired.bundles.length === 0) return
    const agreed = await agreedMembers(directory)
    const settled = performance.now() - vswitch.switchBegunAt() > graceMs
    state.agreed = settled ? agreed : new Set([...(state.agreed ?? []), ...agreed])
    void followSoon()
    tellIfChanged()
  }
  // A switch that does not answer is about to be started again; until then what was agreed before holds.
  const asking = setInterval(() => void askLacp().catch(() => {}), askEveryMs).unref()

  /** Ports, wires and bridges as they should be. Returns why ports could not be had, by interface. */
  async function arrange(
    desired: DesiredDevice,
    wires: readonly Wire[],
    host: HostLinks,
  ): Promise<ReadonlyMap<string, string>> {
    const present = await readLinks(namespace)
    let links = ours(present)
    const unfit = unfitWires(present, wires, options.gatewayOf)
    const leaving = [...links.values()].filter((link) => isPort(link) && !isWanted(desired, link))
    if (unfit.size + leaving.length > 0) {
      // They lose their ports of bridges first.
      const staying = new Map([...links].filter(([name, link]) => !unfit.has(name) && !leaving.includes(link)))
      await applyBridges(vswitch.database, bridgesOf(desired, wires, staying))
      for (const name of unfit) await deleteLink(namespace, name)
      await giveBack(namespace, leaving)
      links = staying
    }
    // An earlier run ended when it had just taken them.
    const unready = [...links.values()].filter((link) => isPort(link) && link.mtu < wireMtu)
    for (const link of unready) await readyPort(link, namespace)
    const missing = desired.cables.filter(({ interfaceName }) => !links.has(interfaceName))
    const refused = await takePorts(missing, namespace, host)
    if (missing.length > refused.size) links = ours(await readLinks(namespace))
    state.ports = new Set([...links.values()].filter(isPort).map(({ name }) => name))
    const newWires = await addWires(
      wires.filter(({ id }) => !links.has(interfaceOf(id))),
      carriersUp(),
      options,
    )
    const all = new Map([...links, ...newWires])
    state.present = new Map(wires.map(({ id }) => [id, all.get(interfaceOf(id))?.index ?? 0]))
    await applyBridges(vswitch.database, bridgesOf(desired, wires, all))
    await switchPorts(desired, namespace, links)
    return refused
  }

  return {
    async apply(desired, wires, host) {
      const text = JSON.stringify([desired, wires])
      if (state.applied === text) return
      state.applied = text
      state.desired = desired
      try {
        state.refused = await arrange(desired, wires, host)
        if (state.agreed === null && desired.bundles.length > 0) await retried(askLacp)
      } catch (error) {
        state.applied = null
        throw error
      }
      state.wires = wires
      // What the host does not have now it may have later.
      if (state.refused.size > 0) state.applied = null
      await followSoon()
    },
    wires: () => state.present,
    look,
    count() {
      const ports = state.desired.cables.map((cable) => [cable.connectionId, cable.interfaceName] as const)
      return trafficOf('connection', new Map(ports), vswitch.switchPid())
    },
    async end(how) {
      state.over = true
      clearInterval(asking)
      watch.end()
      await state.following
      if (how === 'remove') await giveAllBack(namespace)
      await vswitch.end(how)
      if (how === 'remove') await removeDevice(namespace, directory)
    },
  }
}

/** A switch that was started just now does not answer yet. */
async function retried(attempt: () => Promise<void>): Promise<void> {
  for (let left = 40; left > 0; left--) {
    try {
      await attempt()
      return
    } catch {
      await delay(50)
    }
  }
}

/** Leaves nothing of a device, whoever made it. */
export async function removeDevice(namespace: string, directory: string): Promise<void> {
  await giveAllBack(namespace)
  await endVswitch(directory)
  await deleteNamespace(namespace)
  rmSync(directory, { recursive: true, force: true })
}

function isWanted({ cables }: DesiredDevice, { name }: Link): boolean {
  return cables.some(({ interfaceName }) => interfaceName === name)
}

/** Returns why ports could not be had, by interface. */
async function takePorts(
  cables: readonly DesiredCable[],
  namespace: string,
  host: HostLinks,
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>()
  for (const { interfaceName } of cables) {
    const why = await takePort(interfaceName, namespace, await host())
    if (why !== null) refused.set(interfaceName, why)
  }
  return refused
}

const wireMark = 'crossconnect:wire'
const aliasOf = (gateway: string): string => `${wireMark}:${gateway}`

/** Ports and wires, and not what every namespace or switch has. */
function ours(links: ReadonlyMap<string, Link>): ReadonlyMap<string, Link> {
  return new Map([...links].filter(([, link]) => isPort(link) || link.alias?.startsWith(wireMark)))
}

/** The wires that are there and are not wanted, or lead elsewhere. */
function unfitWires(
  links: ReadonlyMap<string, Link>,
  wires: readonly Wire[],
  gatewayOf: DeviceOptions['gatewayOf'],
): ReadonlySet<string> {
  const wanted = new Map(wires.map(({ id, gatewayId }) => [interfaceOf(id), aliasOf(gatewayOf(gatewayId))]))
  const present = [...links.values()].filter(({ name, alias }) => alias?.startsWith(wireMark) || wanted.has(name))
  return new Set(present.filter(({ name, alias }) => wanted.get(name) !== alias).map(({ name }) => name))
}

/** Returns the device's ends, by name. */
async function addWires(
  wires: readonly Wire[],
  carriersUp: ReadonlySet<string>,
  { namespace, gatewayOf }: DeviceOptions,
): Promise<ReadonlyMap<string, Pick<Link, 'index'>>> {
  const added = new Map<string, Pick<Link, 'index'>>()
  for (const { id, gatewayId, carrierId } of wires) {
    const gateway = gatewayOf(gatewayId)
    await ensureNamespace(gateway, routerSwitches)
    const end = { name: interfaceOf(id), mtu: wireMtu }
    const near = { ...end, namespace, up: carriersUp.has(carrierId), alias: aliasOf(gateway), atSwitch: true }
    const far = { ...end, namespace: gateway, up: true }
    const index = await addPair(near, far).catch(async (error: unknown) => {
      if (!(error instanceof Error && /File exists/.test(error.message))) throw error
      // It led to another device, which may not have come to it yet.
      await deleteLink(gateway, end.name)
      return addPair(near, far)
    })
    added.set(end.name, { index })
  }
  return added
}

/** One bridge for each port or LAG: the VLANs of one cable have nothing to do with those of another. */
function bridgesOf(
  { cables }: DesiredDevice,
  wires: readonly Wire[],
  links: ReadonlyMap<string, Pick<Link, 'index'>>,
): readonly BridgeOrder[] {
  const present = (name: string) => {
    const link = links.get(name)
    return link === undefined ? [] : [{ name, index: link.index }]
  }
  const wiresOn = Map.groupBy(wires, ({ carrierId }) => carrierId)
  return [...Map.groupBy(cables, ({ connectionId, lagId }) => lagId ?? connectionId)].map(([carrierId, members]) => ({
    name: interfaceOf(carrierId),
    lacp: members.some(({ lagId }) => lagId !== null),
    uplink: members.flatMap(({ interfaceName }) => present(interfaceName)),
    access: (wiresOn.get(carrierId) ?? []).flatMap(({ id, vlan }) =>
      present(interfaceOf(id)).map((each) => ({ ...each, vlan })),
    ),
  }))
}

/** A port that is not plugged is switched off, so that the other end has no carrier either. */
async function switchPorts(
  { cables }: DesiredDevice,
  namespace: string,
  links: ReadonlyMap<string, Link>,
): Promise<void> {
  const lines = cables.flatMap(({ interfaceName, plugged, mustEncrypt }) => {
    const link = links.get(interfaceName)
    const up = plugged && !mustEncrypt
    return link === undefined || link.up === up ? [] : `link set dev ${interfaceName} ${up ? 'up' : 'down'}`
  })
  await ipBatch(namespace, lines)
}

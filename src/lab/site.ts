import { join } from 'node:path'
import { runningProcesses } from '../linux/daemons.ts'
import { addPair, ipBatch, moveLink } from '../linux/links.ts'
import { ensureNamespace, routerSwitches } from '../linux/namespaces.ts'
import { applyBridges, type BridgeOrder } from '../linux/open-vswitch/bridges.ts'
import { openVswitch } from '../linux/open-vswitch/instance.ts'
import type { CarrierState, Places, SiteState, VirtualInterfaceState } from './state.ts'

/** In bytes, of IP packets: what a cable carries. */
const cableMtu = 9_001

/** Three namespaces: a host in the site's network, its router, and the switch that the cables are plugged into. */
export async function makeSite({ prefix }: Places, name: string, asn: number, lan: string): Promise<SiteState> {
  const [host, router, switchNamespace] = ['lan', 'router', 'switch'].map((part) => `${prefix}${name}-${part}`)
  if (host === undefined || router === undefined || switchNamespace === undefined) throw new Error('three parts')
  await Promise.all([
    ensureNamespace(host, { 'ipv4/icmp_ratelimit': 0 }),
    ensureNamespace(router, routerSwitches),
    ensureNamespace(switchNamespace),
  ])
  await addPair(
    { namespace: router, name: 'lan0', mtu: 1500, up: true, addresses: [`${lan}.1/24`] },
    { namespace: host, name: 'eth0', mtu: 1500, up: true, addresses: [`${lan}.2/24`] },
  )
  await ipBatch(host, [`route add default via ${lan}.1`])
  return {
    name,
    asn,
    lan: { name, namespace: host, address: `${lan}.2` },
    router: { name: `${name}-router`, namespace: router, address: `${lan}.1` },
    switchNamespace,
  }
}

/**
 * A cable from the site's switch to the interface of the host that is a port of a device. It is finished where nobody
 * looks for it: as soon as the host has it, the server takes it.
 */
export async function layCable({ switchNamespace }: SiteState, name: string, interfaceName: string): Promise<void> {
  await addPair(
    { namespace: switchNamespace, name, mtu: cableMtu, up: true },
    { namespace: switchNamespace, name: interfaceName, mtu: cableMtu, up: false },
  )
  await moveLink(interfaceName, switchNamespace, null)
}

/**
 * Starts the site's switch, or brings it up to date. It is what the kernel's 802.1Q and bonding would be elsewhere: it
 * hands the router each VLAN as an interface, named as the router configuration names it.
 */
export async function applySwitch(
  { run }: Places,
  site: SiteState,
  carriers: readonly CarrierState[],
  vifs: readonly Tagged[],
): Promise<void> {
  for (const vif of vifs)
    await addPair(
      { namespace: site.switchNamespace, name: vif.name, mtu: cableMtu, up: true },
      { namespace: site.router.namespace, name: deviceOf(vif, carriers), mtu: vif.mtu, up: true },
    )
  const vswitch = await openVswitch({
    directory: join(run, `${site.name}-switch`),
    namespace: site.switchNamespace,
    running: runningProcesses(),
    warn: () => {},
  })
  try {
    await applyBridges(
      vswitch.database,
      carriers.map((carrier) => bridgeOf(carrier, vifs)),
    )
  } finally {
    await vswitch.end('keep')
  }
}

/** What a switch has to know of a virtual interface. */
export type Tagged = Pick<VirtualInterfaceState, 'name' | 'carrier' | 'vlan' | 'mtu'>

/** What the configuration calls the interface of the VLAN. */
export function deviceOf(vif: Tagged, carriers: readonly CarrierState[]): string {
  const carrier = carriers.find(({ name }) => name === vif.carrier)
  return `${carrier?.lacp === true ? 'bond0' : 'eth1'}.${vif.vlan}`
}

function bridgeOf({ name, cables, lacp }: CarrierState, vifs: readonly Tagged[]): BridgeOrder {
  const over = vifs.filter(({ carrier }) => carrier === name)
  return {
    name: `br-${name}`,
    lacp,
    uplink: cables.map((cable, index) => ({ name: cable, index: index + 1 })),
    access: over.map((vif, index) => ({ name: vif.name, index: index + 1, vlan: vif.vlan })),
  }
}

import type { Output } from '../contract/types.ts'
import { type Api, accountIds } from './api.ts'
import { LabError } from './lab-error.ts'
import { orderTransitGateway, orderVpc, orderVpnGateway } from './order-vpcs.ts'
import { applySwitch, layCable, makeSite } from './site.ts'
import type { CableState, LabState, Places, SiteState, VirtualInterfaceState } from './state.ts'
import { until } from './until.ts'

/** What a lab is built with: each of these orders something through the API, as a customer would, and cables it. */
export interface Workshop {
  /** A customer's site: a router with that ASN, and a host in its network, a /24 such as `192.168.10`. */
  site(name: string, site: { readonly asn: number; readonly lan: string }): Promise<Site>
  vpc(name: string, cidr: string): Promise<Vpc>
  virtualGateway(vpc: Vpc): Promise<Gateway>
  transitGateway(gateway: { readonly asn: number; readonly vpcs: readonly Vpc[] }): Promise<Gateway>
  directConnectGateway(gateway: { readonly asn: number }): Promise<Gateway>
  associate(gateway: Gateway, transit: Gateway, allowed: readonly string[]): Promise<void>
  connection(order: { readonly at: string; readonly to: Site }): Promise<Carrier>
  lag(order: { readonly at: string; readonly links: number; readonly to: Site }): Promise<Carrier>
  interconnect(order: { readonly at: string; readonly to: Site }): Promise<Carrier>
  hostedConnection(order: { readonly on: Carrier; readonly vlan: number; readonly bandwidth: string }): Promise<Carrier>
  privateInterface(
    order: InterfaceOrder & { readonly gateway: Gateway; readonly siteLink?: true; readonly passive?: true },
  ): Promise<void>
  transitInterface(order: InterfaceOrder & { readonly gateway: Gateway }): Promise<void>
  publicInterface(
    order: InterfaceOrder & {
      readonly amazonAddress: string
      readonly customerAddress: string
      readonly prefixes: readonly string[]
    },
  ): Promise<void>
}

type Site = SiteState
interface Vpc {
  readonly name: string
  readonly id: string
  readonly cidr: string
}
export interface Gateway {
  readonly kind: 'virtual' | 'transit' | 'direct connect'
  readonly id: string
}
export interface Carrier {
  readonly site: Site
  /** What virtual interfaces are ordered on. */
  readonly id: string
  /** The port or ports beneath. */
  readonly carrier: string
}
interface InterfaceOrder {
  readonly over: Carrier
  readonly vlan: number
}

/** How long anything that was ordered may take, milliseconds. */
const limitMs = 30_000
const bandwidth = '10Gbps'

export function openWorkshop(
  api: Api,
  places: Places,
  keep: { state: LabState; readonly change: (more: Partial<LabState>) => void },
  say: (step: string) => void,
): Workshop {
  const locations = new Set<string>()
  const counts = new Map<string, number>()
  const numbered = (kind: string): string => {
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    return `${kind}-${number}`
  }

  /** A device of the lab's own in a location, whose ports are interfaces that nobody else has. */
  async function readyLocation(code: string): Promise<void> {
    if (locations.has(code)) return
    locations.add(code)
    const { devices } = await api.operator<{ readonly devices: readonly { readonly deviceId: string }[] }>(
      'GET',
      `/devices?locationCode=${code}`,
    )
    for (const { deviceId } of devices) await api.operator('DELETE', `/devices/${deviceId}`)
    const first = portsPerDevice * (locations.size - 1)
    const interfaces = Array.from({ length: portsPerDevice }, (_, index) => ({
      portId: `${bandwidth}/${String(index + 1).padStart(2, '0')}`,
      interfaceName: `${places.interfacePrefix}${first + index + 1}`,
    }))
    const { deviceId } = await api.operator<{ readonly deviceId: string }>('POST', '/devices', {
      locationCode: code,
      ports: { [bandwidth]: portsPerDevice },
      interfaces,
    })
    keep.change({ devices: [...keep.state.devices, { name: numbered('device'), id: deviceId, location: code }] })
  }

  /** Plugs the cable of a port into the site. */
  async function cable(site: Site, location: string, connectionId: string): Promise<CableState> {
    const { ports } = await api.operator<{ readonly ports: readonly Port[] }>('GET', `/ports?locationCode=${location}`)
    const port = ports.find((each) => each.connectionId === connectionId)
    if (port === undefined) throw new LabError(`${connectionId} has no port at ${location}`)
    const name = numbered('cable')
    await layCable(site, name, port.interfaceName)
    say(`${name} from ${site.name} to ${port.deviceId}, port ${port.portId}`)
    return { name, site: site.name, connectionId, deviceId: port.deviceId }
  }

  /** Plugs the cables of a port or LAG into the site's switch, and waits until the other end is what was ordered. */
  async function carries(
    site: Site,
    name: string,
    id: string,
    cables: readonly CableState[],
    state: () => Promise<string | undefined>,
  ): Promise<Carrier> {
    const carrier = { name, site: site.name, id, cables: cables.map((each) => each.name), lacp: id.startsWith('dxlag') }
    keep.change({
      cables: [...keep.state.cables, ...cables],
      carriers: [...keep.state.carriers, carrier],
    })
    const here = keep.state.carriers.filter((each) => each.site === site.name)
    await applySwitch(places, site, here, [])
    await until(`${id} is available`, limitMs, async () => (await state()) === 'available' || undefined)
    say(`${id} is available`)
    return { site, id, carrier: name }
  }

  /** Remembers a virtual interface that was ordered. */
  async function ordered(
    { over, vlan }: InterfaceOrder,
    name: string,
    made: Output<'CreatePrivateVirtualInterface'> | undefined,
    passive = false,
  ): Promise<void> {
    const { virtualInterfaceId: id = '', mtu = 1500, bgpPeers = [] } = made ?? {}
    say(`${name}: virtual interface ${id}, VLAN ${vlan}${passive ? ', passive' : ''}`)
    const vif: VirtualInterfaceState = {
      name,
      site: over.site.name,
      id,
      carrier: over.carrier,
      vlan,
      mtu,
      passive,
      session: name.replace('vif', 'session'),
      bgpPeerId: bgpPeers[0]?.bgpPeerId ?? '',
    }
    keep.change({ virtualInterfaces: [...keep.state.virtualInterfaces, vif] })
  }

  const about = ({ over, vlan }: InterfaceOrder, name: string) => ({
    virtualInterfaceName: name,
    vlan,
    asn: over.site.asn,
    addressFamily: 'ipv4' as const,
  })
  const at = ({ kind, id }: Gateway) =>
    kind === 'direct connect' ? { directConnectGatewayId: id } : { virtualGatewayId: id }

  return {
    async site(name, { asn, lan }) {
      const site = await makeSite(places, name, asn, lan)
      keep.change({ sites: [...keep.state.sites, site] })
      say(`site ${name}: ${site.lan.address} behind a router with AS ${asn}`)
      return site
    },
    async vpc(name, cidr) {
      const id = await orderVpc(api, cidr)
      const address = cidr.replace(/\d+\/\d+$/, '4')
      keep.change({ vpcs: [...keep.state.vpcs, { name, id, address }] })
      say(`${name}: ${id} with ${cidr} and an instance ${address}`)
      return { name, id, cidr }
    },
    async virtualGateway(vpc) {
      const id = await orderVpnGateway(api, vpc.id)
      say(`virtual private gateway ${id}, attached to ${vpc.name}`)
      return { kind: 'virtual', id }
    },
    async transitGateway({ asn, vpcs }) {
      const id = await orderTransitGateway(api, asn, vpcs)
      say(`transit gateway ${id}, attached to ${vpcs.map((vpc) => vpc.name).join(' and ')}`)
      return { kind: 'transit', id }
    },
    async directConnectGateway({ asn }) {
      const { directConnectGateway } = await api.ask('CreateDirectConnectGateway', {
        directConnectGatewayName: keep.state.name,
        amazonSideAsn: asn,
      })
      const id = directConnectGateway?.directConnectGatewayId ?? ''
      say(`Direct Connect gateway ${id}`)
      return { kind: 'direct connect', id }
    },
    async associate(gateway, transit, allowed) {
      await api.ask('CreateDirectConnectGatewayAssociation', {
        directConnectGatewayId: gateway.id,
        gatewayId: transit.id,
        addAllowedPrefixesToDirectConnectGateway: allowed.map((cidr) => ({ cidr })),
      })
      say(`${transit.id} associated with it, allowed ${allowed.join(' and ')}`)
    },
    async connection({ at: location, to }) {
      await readyLocation(location)
      const connectionName = `${keep.state.name} ${location}`
      const { connectionId = '' } = await api.ask('CreateConnection', { location, bandwidth, connectionName })
      say(`connection ${connectionId}, ${bandwidth} at ${location}`)
      const plugged = await cable(to, location, connectionId)
      return carries(to, plugged.name, connectionId, [plugged], async () => {
        const { connections = [] } = await api.ask('DescribeConnections', { connectionId })
        return connections[0]?.connectionState
      })
    },
    async lag({ at: location, links, to }) {
      await readyLocation(location)
      const { lagId = '', connections = [] } = await api.ask('CreateLag', {
        location,
        numberOfConnections: links,
        connectionsBandwidth: bandwidth,
        lagName: keep.state.name,
      })
      const name = numbered('lag')
      say(`${name}: LAG ${lagId}, ${links} times ${bandwidth} at ${location}`)
      const plugged: CableState[] = []
      for (const { connectionId = '' } of connections) plugged.push(await cable(to, location, connectionId))
      return carries(to, name, lagId, plugged, async () => {
        const { lags = [] } = await api.ask('DescribeLags', { lagId })
        return lags[0]?.lagState
      })
    },
    async interconnect({ at: location, to }) {
      await readyLocation(location)
      const order = { location, bandwidth, interconnectName: keep.state.name }
      const { interconnectId = '' } = await api.ask('CreateInterconnect', order, 'partner')
      say(`interconnect ${interconnectId} of the partner, ${bandwidth} at ${location}`)
      const plugged = await cable(to, location, interconnectId)
      return carries(to, plugged.name, interconnectId, [plugged], async () => {
        const { interconnects = [] } = await api.ask('DescribeInterconnects', { interconnectId }, 'partner')
        return interconnects[0]?.interconnectState
      })
    },
    async hostedConnection({ on, vlan, bandwidth: size }) {
      const name = numbered('hosted')
      const { connectionId = '' } = await api.ask(
        'AllocateHostedConnection',
        { connectionId: on.id, ownerAccount: accountIds.test, bandwidth: size, connectionName: name, vlan },
        'partner',
      )
      await api.ask('ConfirmConnection', { connectionId })
      say(`${name}: hosted connection ${connectionId}, ${size}, VLAN ${vlan}`)
      keep.change({ hosted: [...keep.state.hosted, { name, id: connectionId }] })
      return { site: on.site, id: connectionId, carrier: on.carrier }
    },
    async privateInterface(order) {
      const name = numbered('vif')
      const made = await api.ask('CreatePrivateVirtualInterface', {
        connectionId: order.over.id,
        newPrivateVirtualInterface: {
          ...about(order, name),
          ...at(order.gateway),
          ...(order.siteLink === true ? { enableSiteLink: true } : {}),
        },
      })
      await ordered(order, name, made, order.passive)
    },
    async transitInterface(order) {
      const name = numbered('vif')
      const { virtualInterface } = await api.ask('CreateTransitVirtualInterface', {
        connectionId: order.over.id,
        newTransitVirtualInterface: { ...about(order, name), directConnectGatewayId: order.gateway.id },
      })
      await ordered(order, name, virtualInterface)
    },
    async publicInterface(order) {
      const name = numbered('vif')
      const made = await api.ask('CreatePublicVirtualInterface', {
        connectionId: order.over.id,
        newPublicVirtualInterface: {
          ...about(order, name),
          amazonAddress: order.amazonAddress,
          customerAddress: order.customerAddress,
          routeFilterPrefixes: order.prefixes.map((cidr) => ({ cidr })),
        },
      })
      await ordered(order, name, made)
    },
  }
}

const portsPerDevice = 4

/** As the operator API lists them. */
interface Port {
  readonly deviceId: string
  readonly portId: string
  readonly interfaceName: string
  readonly connectionId: string | null
}

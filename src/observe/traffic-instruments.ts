import { Counter, Gauge, type Registry } from 'prom-client'

/** What a connection or virtual interface has carried. */
export interface TrafficCount {
  readonly kind: 'connection' | 'virtual-interface'
  readonly id: string
  readonly bytesIngress: number
  readonly packetsIngress: number
  readonly bytesEgress: number
  readonly packetsEgress: number
  /** Frames that arrived damaged, or could not be sent. */
  readonly errors: number
}

/** What is seen of links and sessions, one by one. */
export interface ObservedCount {
  readonly links: readonly { readonly connectionId: string; readonly up: boolean; readonly encrypted: boolean }[]
  readonly sessions: readonly {
    readonly virtualInterfaceId: string
    readonly addressFamily: string
    readonly up: boolean
    readonly prefixesAccepted: number
    readonly prefixesAdvertised: number
  }[]
}

/** What a fabric that carries packets has counted and sees. */
export interface FabricCount extends ObservedCount {
  readonly traffic: readonly TrafficCount[]
}

const metricNames = { connection: 'connection', 'virtual-interface': 'virtual_interface' } as const

/** The metrics of single connections and virtual interfaces. @source behaviour catalogue G.3 */
export function trafficInstruments(registry: Registry): (count: FabricCount) => void {
  const registers = [registry]
  const counters = (of: 'connection' | 'virtual_interface') => {
    const counter = <L extends string>(what: string, help: string, labelNames: readonly L[]) =>
      new Counter({ name: `crossconnect_${of}_${what}_total`, help, labelNames, registers })
    return {
      bytes: counter('bytes', 'Ingress comes from the customer, egress goes there', [of, 'direction']),
      packets: counter('packets', 'Ingress comes from the customer, egress goes there', [of, 'direction']),
      errors: counter('errors', 'Frames that arrived damaged, or could not be sent', [of]),
    }
  }
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge({ name: `crossconnect_${name}`, help, labelNames, registers })
  const traffic = { connection: counters('connection'), virtual_interface: counters('virtual_interface') }
  const linkUp = gauge('connection_up', '1 while there is light on the link', ['connection'])
  const encrypted = gauge('connection_encrypted', '1 while MACsec is up', ['connection'])
  const session = ['virtual_interface', 'address_family'] as const
  const sessionUp = gauge('virtual_interface_bgp_up', '1 while the BGP session is established', session)
  const prefixes = gauge('virtual_interface_bgp_prefixes', 'Accepted from the customer, or advertised', [
    ...session,
    'direction',
  ])
  const all = [...Object.values(traffic).flatMap(Object.values), linkUp, encrypted, sessionUp, prefixes]

  return (count) => {
    for (const instrument of all) instrument.reset()
    for (const { kind, id, ...carried } of count.traffic) {
      const of = metricNames[kind]
      const { bytes, packets, errors } = traffic[of]
      bytes.inc({ [of]: id, direction: 'ingress' }, carried.bytesIngress)
      bytes.inc({ [of]: id, direction: 'egress' }, carried.bytesEgress)
      packets.inc({ [of]: id, direction: 'ingress' }, carried.packetsIngress)
      packets.inc({ [of]: id, direction: 'egress' }, carried.packetsEgress)
      errors.inc({ [of]: id }, carried.errors)
    }
    for (const { connectionId: connection, ...link } of count.links) {
      linkUp.set({ connection }, Number(link.up))
      encrypted.set({ connection }, Number(link.encrypted))
    }
    for (const { virtualInterfaceId, addressFamily, ...seen } of count.sessions) {
      const labels = { virtual_interface: virtualInterfaceId, address_family: addressFamily }
      sessionUp.set(labels, Number(seen.up))
      prefixes.set({ ...labels, direction: 'accepted' }, seen.prefixesAccepted)
      prefixes.set({ ...labels, direction: 'advertised' }, seen.prefixesAdvertised)
    }
  }
}

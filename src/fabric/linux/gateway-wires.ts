import { addressLines } from '../../linux/addresses.ts'
import { ipBatch, readLinks } from '../../linux/links.ts'
import { limitSending } from '../../linux/shaping.ts'
import type { DesiredVirtualInterface } from '../../product/desired/desired.ts'
import { interfaceOf, type Names } from './names.ts'
import type { WiresPresent } from './parts.ts'

/** What a virtual interface is at the gateway's end of its wire. */
export interface WireEnd {
  readonly deviceId: string
  readonly carrierId: string
  /** Tells the wire from one that was there before. */
  readonly index: number
  readonly mtu: number
  readonly limitBps: number | null
  /** With prefix length. */
  readonly addresses: readonly string[]
}

export type WireEnds = Readonly<Record<string, WireEnd>>

/** By virtual interface. Those that are withheld have no wire: when they have one again, it is a new one. */
export function wireEndsOf(vifs: readonly DesiredVirtualInterface[], wires: WiresPresent = new Map()): WireEnds {
  return Object.fromEntries(
    vifs.flatMap(({ id, deviceId, carrierId, mtu, limitBps, withheld, sessions }) => {
      const addresses = sessions.flatMap((session) => (session.withheld === null ? session.amazonAddress : []))
      const end = { deviceId, carrierId, index: wires.get(id) ?? 0, mtu, limitBps, addresses }
      return withheld === null ? [[id, end] as const] : []
    }),
  )
}

/**
 * Gives the ends that are new or have changed their addresses, MTU and limits; the others are not touched. Returns those that
 * are there: a device that cannot be set up has no wires, and the virtual interfaces on others are to work all the same.
 */
export async function configureEnds(
  names: Names,
  gatewayId: string,
  before: WireEnds,
  after: WireEnds,
): Promise<WireEnds> {
  const namespace = names.gateway(gatewayId)
  const isChanged = (id: string, end: WireEnd) => JSON.stringify(before[id]) !== JSON.stringify(end)
  if (!Object.entries(after).some(([id, end]) => isChanged(id, end))) return after
  const links = await readLinks(namespace)
  const present = Object.entries(after).filter(([id, end]) => !isChanged(id, end) || links.has(interfaceOf(id)))
  const changed = present.filter(([id, end]) => isChanged(id, end))
  const lines = changed.flatMap(([id, { mtu, addresses }]) => {
    const link = links.get(interfaceOf(id))
    if (link === undefined) return []
    return [...(link.mtu === mtu ? [] : [`link set ${link.name} mtu ${mtu}`]), ...addressLines(link, addresses)]
  })
  for (const [id, { deviceId, limitBps }] of changed) {
    // One that is new is not limited.
    if (limitBps === null && (before[id]?.limitBps ?? null) === null) continue
    for (const end of [namespace, names.device(deviceId)]) await limitSending(end, interfaceOf(id), limitBps)
  }
  // The limits are there before anything can pass.
  await ipBatch(namespace, lines)
  return Object.fromEntries(present)
}

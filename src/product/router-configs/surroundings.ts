import { bandwidthBps } from '../inventory/speeds.ts'
import { staying } from '../lags/rules.ts'
import type { Encryption } from '../macsec/macsec-key.ts'
import { isUsable } from '../macsec/rules.ts'
import { announcedRoutes } from '../routing/announced.ts'
import { gatewayEndsOf } from '../routing/gateway-ends.ts'
import type { Snapshot } from '../snapshot.ts'
import type { VirtualInterface } from '../virtual-interfaces/virtual-interface.ts'
import type { Carrier, MacSec, Surroundings } from './setup.ts'

/** What a router has to know that a virtual interface's record does not say: what carries it, and what lies behind. */
export async function surroundingsOf(snapshot: Snapshot, vif: VirtualInterface): Promise<Surroundings> {
  return { ...(await lineOf(snapshot, vif)), announced: await announcedNow(snapshot, vif) }
}

interface Line {
  readonly carrier: Carrier
  readonly macSec: MacSec | null
}

async function lineOf(snapshot: Snapshot, { connectionId }: VirtualInterface): Promise<Line> {
  const connection = await snapshot.get('connection', connectionId)
  if (connection !== undefined) {
    const { id, bandwidth } = connection
    return { carrier: { kind: 'port', id, bandwidth }, macSec: macSecOf(connection, snapshot.now) }
  }
  const lag = await snapshot.get('lag', connectionId)
  if (lag === undefined) throw new Error(`a virtual interface on ${connectionId}, which does not exist`)
  const members = staying(await snapshot.list('connection', 'lag', lag.id))
  const { id, bandwidth, minimumLinks } = lag
  const memberIds = members.map((member) => member.id)
  return {
    carrier: { kind: 'lag', id, bandwidth, memberIds, minimumLinks: Math.max(1, minimumLinks) },
    macSec: macSecOf(lag, snapshot.now),
  }
}

interface Securable extends Encryption {
  readonly bandwidth: string
  readonly requestMacSec: boolean
}

function macSecOf({ requestMacSec, encryptionMode, macSecKeys, bandwidth }: Securable, now: number): MacSec | null {
  if (!requestMacSec) return null
  return {
    mode: encryptionMode,
    keyNames: macSecKeys.filter((key) => isUsable(key, now)).map(({ ckn }) => ckn),
    cipherSuite: bandwidthBps(bandwidth) > bandwidthBps('10Gbps') ? 'GCM-AES-XPN-256' : 'GCM-AES-256',
  }
}

async function announcedNow(snapshot: Snapshot, vif: VirtualInterface): Promise<readonly string[]> {
  if (vif.type === 'public') return []
  const ends = (await gatewayEndsOf(snapshot, [vif]))(vif)
  const families = ['ipv4', 'ipv6'] as const
  return families.flatMap((family) => announcedRoutes(vif, family, ends).map(({ cidr }) => cidr))
}

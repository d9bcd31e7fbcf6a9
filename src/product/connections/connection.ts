import type { EnumValue, Shape } from '../../contract/types.ts'
import type { History, Interval } from '../history.ts'
import { portScope } from '../inventory/ports.ts'
import { kind, type Stored } from '../kind.ts'
import { earlier, type Instant } from '../lifecycle.ts'
import type { MacSecKey } from '../macsec/macsec-key.ts'
import { listedAfterEnd } from '../settings.ts'

/**
 * One port of a customer (dedicated), a partner's port that hosts others (interconnect), or a slice of such a port
 * with a VLAN (hosted). The three share AWS's id form, and a port may change from one to the other.
 */
export interface Connection extends Stored {
  readonly role: 'dedicated' | 'interconnect' | 'hosted'
  readonly ownerAccount: string
  readonly region: string
  /** The location code as the order spelt it, sub-location included. */
  readonly location: string
  /** The site that it belongs to, as the inventory spells it. */
  readonly siteCode: string
  readonly name: string
  /** Such as `10Gbps`. */
  readonly bandwidth: string
  readonly providerName: string | null
  readonly tags: readonly Shape<'Tag'>[]

  /** Where it ends on our side; a hosted connection has neither, it ends where its parent does. */
  readonly deviceId: string | null
  readonly portId: string | null
  readonly lagId: string | null
  readonly lagJoinedAt: Instant

  /** Hosted: the interconnect or LAG that carries it, whose it is, and its VLAN there. */
  readonly parentId: string | null
  readonly partnerAccount: string | null
  readonly partnerName: string | null
  readonly vlan: number | null

  readonly requestMacSec: boolean
  readonly encryptionMode: EncryptionMode
  /** In the order in which they came, the ended ones among them. */
  readonly macSecKeys: readonly MacSecKey[]
  readonly billingMode: EnumValue<'BillingMode'>

  readonly approvedAt: Instant
  /** What the operator asked before approving, oldest first; an open question has no answer yet. */
  readonly questions: readonly Question[]
  /** The latest download of the letter, and the provider whom that download named. */
  readonly loaIssuedAt: Instant
  readonly loaProviderName: string | null
  /** When a cross connect was plugged, closed but never erased. */
  readonly cables: readonly Interval[]
  /** Hosted: when its owner accepted it, and when it was configured. */
  readonly acceptedAt: Instant
  readonly provisionedAt: Instant
  /** Hosted: kept when it is moved, so that it remembers having worked on what carried it before. */
  readonly wasUpAt?: Instant
  /** When its link was up before it was moved, came into a LAG or left one, or was to encrypt otherwise. */
  readonly history?: History
  readonly rejectedAt: Instant
  readonly deleteAskedAt: Instant
  /** Written by whatever ends it: a deletion, a question that nobody answers, a letter that nobody uses. */
  readonly deletedAt: Instant
}

export type EncryptionMode = 'no_encrypt' | 'should_encrypt' | 'must_encrypt'

export interface Question {
  readonly askedAt: number
  readonly question: string
  readonly answeredAt: Instant
  readonly answer: string | null
}

export const connectionKind = kind<Connection>()({
  sets: (c) => ({
    owner: c.role === 'interconnect' ? null : `${c.ownerAccount} ${c.region}`,
    interconnects: c.role === 'interconnect' ? `${c.ownerAccount} ${c.region}` : null,
    site: c.role === 'hosted' ? null : `${c.ownerAccount} ${c.siteCode}`,
    lag: c.lagId,
    parent: c.parentId,
    all: '*',
  }),
  claims: (c) => [
    ...(c.deviceId === null || c.portId === null
      ? []
      : [{ scope: portScope(c.deviceId), key: c.portId, until: c.deletedAt }]),
    ...(c.parentId === null ? [] : [{ scope: vlanScope(c.parentId), key: String(c.vlan), until: endOf(c) }]),
  ],
  // Lists drop what is deleted at once, since clients that look for a name take whatever bears it. What its customer
  // declined stays for a while, so that the partner sees it.
  hiddenFrom: (c) => earlier(c.deletedAt, c.rejectedAt === null ? null : c.rejectedAt + listedAfterEnd),
})

/** Where VLANs are claimed: on what carries them, by hosted connections and by virtual interfaces. */
export function vlanScope(carrierId: string): string {
  return `vlan ${carrierId}`
}

/** When it ended: deleted, or declined by the customer it was made for. */
export function endOf(connection: Connection): Instant {
  return earlier(connection.rejectedAt, connection.deletedAt)
}

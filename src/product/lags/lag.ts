import type { EnumValue, Shape } from '../../contract/types.ts'
import type { EncryptionMode } from '../connections/connection.ts'
import type { History } from '../history.ts'
import { kind, type Stored } from '../kind.ts'
import type { Instant } from '../lifecycle.ts'
import type { MacSecKey } from '../macsec/macsec-key.ts'
import { listedAfterEnd } from '../settings.ts'

/** Several ports of one device under LACP. Its members are the connections that name it. */
export interface Lag extends Stored {
  readonly ownerAccount: string
  readonly region: string
  readonly location: string
  readonly siteCode: string
  readonly name: string
  /** Of each member, such as `10Gbps`. */
  readonly bandwidth: string
  /** Members that must be up for the LAG to be up; 0 counts as 1. */
  readonly minimumLinks: number
  readonly deviceId: string
  readonly providerName: string | null
  /** A partner's LAG hosts connections. */
  readonly allowsHostedConnections: boolean
  readonly requestMacSec: boolean
  readonly encryptionMode: EncryptionMode
  /** In the order in which they came, the ended ones among them. */
  readonly macSecKeys: readonly MacSecKey[]
  readonly billingMode: EnumValue<'BillingMode'>
  readonly tags: readonly Shape<'Tag'>[]
  /** Kept when a member leaves that was up, so that an empty LAG remembers having worked. */
  readonly wasUpAt: Instant
  /** When it was up before its members, or what it needs of them, changed. */
  readonly history?: History
  readonly deleteAskedAt: Instant
  readonly deletedAt: Instant
}

export const lagKind = kind<Lag>()({
  sets: (lag) => ({ owner: `${lag.ownerAccount} ${lag.region}`, device: lag.deviceId, all: '*' }),
  claims: () => [],
  hiddenFrom: (lag) => (lag.deletedAt === null ? null : lag.deletedAt + listedAfterEnd),
})

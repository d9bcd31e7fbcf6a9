import type { EnumValue, Shape } from '../../contract/types.ts'
import { kind, type Stored } from '../kind.ts'
import { type Instant, lifecycle, reached } from '../lifecycle.ts'

/** A Direct Connect gateway: global, of one account. */
export interface Gateway extends Stored {
  readonly ownerAccount: string
  readonly name: string
  readonly amazonSideAsn: number
  readonly tags: readonly Shape<'Tag'>[]
  readonly availableAt: Instant
  readonly deleteAskedAt: Instant
  readonly deletedAt: Instant
}

export const gatewayKind = kind<Gateway>()({
  sets: (gateway) => ({ owner: gateway.ownerAccount, all: '*' }),
  claims: () => [],
  // A deleted gateway is never listed (behaviour catalogue B.5).
  hiddenFrom: (gateway) => gateway.deletedAt,
})

/** @source behaviour catalogue B.5 */
export const gatewayState = lifecycle<EnumValue<'DirectConnectGatewayState'>, Gateway>([
  ['deleted', (gateway, _seen, now) => reached(gateway.deletedAt, now)],
  ['deleting', (gateway, _seen, now) => reached(gateway.deleteAskedAt, now)],
  ['pending', (gateway, _seen, now) => !reached(gateway.availableAt, now)],
  ['available', () => true],
])

import type { EnumValue } from '../../contract/types.ts'
import { lifecycle, reached } from '../lifecycle.ts'
import type { LinkObservation } from '../observed.ts'
import type { Connection } from './connection.ts'

/** The state of a connection of any role. @source behaviour catalogue B.1, B.2 */
export const connectionState = lifecycle<EnumValue<'ConnectionState'>, Connection, LinkObservation>([
  ['deleted', (c, _link, now) => reached(c.deletedAt, now)],
  ['deleting', (c, _link, now) => reached(c.deleteAskedAt, now)],
  ['rejected', (c, _link, now) => reached(c.rejectedAt, now)],
  ['ordering', (c, _link, now) => c.role === 'hosted' && !reached(c.acceptedAt, now)],
  ['requested', (c, _link, now) => c.role !== 'hosted' && !reached(c.approvedAt, now)],
  ['pending', (c, link, now) => !reached(c.wasUpAt ?? null, now) && !reached(link.firstUpAt, now)],
  ['down', (c, link) => !link.up || (c.encryptionMode === 'must_encrypt' && !link.macSecUp)],
  ['available', () => true],
])

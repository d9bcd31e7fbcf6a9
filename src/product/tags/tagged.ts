import { type Arn, type ArnType, parseArn, partitionOf } from '../arn.ts'
import { refuse } from '../fault.ts'
import type { RecordOf } from '../kinds.ts'
import { hasEnded } from '../lifecycle.ts'
import { type Change, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Tags } from './rules.ts'

/** What can be tagged. Interconnects and hosted connections are connections here too. @source behaviour catalogue C.1 */
const kindOf = {
  dxcon: 'connection',
  dxlag: 'lag',
  dxvif: 'virtual-interface',
  'dx-gateway': 'gateway',
  'dx-resiliency-group': 'resiliency-group',
} as const satisfies Record<ArnType, string>

type TaggedKind = (typeof kindOf)[ArnType]

/** A resource that an ARN names. */
export interface Tagged {
  readonly kind: TaggedKind
  readonly record: RecordOf<TaggedKind>
}

/**
 * What the ARNs name, one for each in their order. Only the owner of a resource sees its tags; the tags go with it.
 * @source behaviour catalogue A.4, C.5
 */
export async function taggedBy(snapshot: Snapshot, arns: readonly string[]): Promise<readonly Tagged[]> {
  const wanted = arns.map((text) => ({ text, arn: parseArn(text) }))
  const byType = Map.groupBy(wanted, ({ arn }) => arn.type)
  const found = new Map<string, Tagged>()
  for (const [type, some] of byType) {
    const kind = kindOf[type]
    const records = await snapshot.getAll(
      kind,
      some.map(({ arn }) => arn.id),
    )
    for (const record of records) found.set(`${type}/${record.id}`, { kind, record })
  }
  return wanted.map(({ text, arn }) => {
    const tagged = found.get(`${arn.type}/${arn.id}`)
    if (tagged === undefined || !names(arn, tagged.record, snapshot))
      throw refuse(`Could not find a resource with ARN ${text}`)
    return tagged
  })
}

/** Whether the ARN is right in every part, and the caller may know it. Gateways and resiliency groups are of no Region. */
function names(arn: Arn, record: Tagged['record'], { caller, now }: Snapshot): boolean {
  const region = 'region' in record ? record.region : ''
  return (
    arn.partition === partitionOf(caller.region) &&
    arn.region === region &&
    (region === '' || region === caller.region) &&
    (arn.accountId === '' || arn.accountId === record.ownerAccount) &&
    record.ownerAccount === caller.accountId &&
    !hasEnded(record, now)
  )
}

export function withNewTags({ kind, record }: Tagged, tags: Tags): Change {
  return save(kind, { ...record, tags })
}

import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import { retagged } from './tagged.ts'
import { type TagInput, withTags } from './tags.ts'

export async function CreateTags(
  snapshot: Snapshot,
  input: { readonly ResourceId: readonly string[]; readonly Tag: readonly TagInput[] },
): Promise<Decision<{ readonly return: true }>> {
  if (input.Tag.length === 0) throw faults.missing('tagSet')
  return {
    changes: await retagged(snapshot, input.ResourceId, (present) => withTags(present, input.Tag)),
    show: () => ({ return: true }),
  }
}

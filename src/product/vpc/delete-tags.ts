import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { retagged } from './tagged.ts'
import { type TagInput, withoutTags } from './tags.ts'

/** Without tags it takes all of them off. */
export async function DeleteTags(
  snapshot: Snapshot,
  input: { readonly ResourceId: readonly string[]; readonly Tag?: readonly TagInput[] | undefined },
): Promise<Decision<{ readonly return: true }>> {
  const gone = input.Tag
  return {
    changes: await retagged(snapshot, input.ResourceId, (present) =>
      gone === undefined || gone.length === 0 ? [] : withoutTags(present, gone),
    ),
    show: () => ({ return: true }),
  }
}

import type { Operation } from '../operation.ts'
import { taggedBy, withNewTags } from './tagged.ts'

/** A key that is not there is no error. */
export const UntagResource: Operation<'UntagResource'> = async (snapshot, input) => {
  const resources = await taggedBy(snapshot, [input.resourceArn])
  const gone = new Set(input.tagKeys)
  return {
    changes: resources.map((tagged) =>
      withNewTags(
        tagged,
        tagged.record.tags.filter((tag) => !gone.has(tag.key)),
      ),
    ),
    show: () => ({}),
  }
}

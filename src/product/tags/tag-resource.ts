import type { Operation } from '../operation.ts'
import { withTags } from './rules.ts'
import { taggedBy, withNewTags } from './tagged.ts'

export const TagResource: Operation<'TagResource'> = async (snapshot, input) => {
  const resources = await taggedBy(snapshot, [input.resourceArn])
  return {
    changes: resources.map((tagged) => withNewTags(tagged, withTags(tagged.record.tags, input.tags))),
    show: () => ({}),
  }
}

import { answer, type Operation } from '../operation.ts'
import { taggedBy } from './tagged.ts'

/** One entry for each ARN, in the order asked, also where there are no tags: clients take the first unseen. */
export const DescribeTags: Operation<'DescribeTags'> = async (snapshot, input) => {
  const resources = await taggedBy(snapshot, input.resourceArns)
  return answer({
    resourceTags: resources.map(({ record }, index) => ({
      resourceArn: input.resourceArns[index],
      tags: record.tags,
    })),
  })
}

import { answer, type Operation } from '../operation.ts'
import { taggedBy } from './tagged.ts'

/**
 * One entry for each ARN, in the order asked, also where there are no tags: clients take the first unseen. An ARN that is
 * named again gets no second one, or a small request could ask for an answer of a gigabyte.
 */
export const DescribeTags: Operation<'DescribeTags'> = async (snapshot, input) => {
  const arns = [...new Set(input.resourceArns)]
  const resources = await taggedBy(snapshot, arns)
  return answer({
    resourceTags: resources.map(({ record }, index) => ({
      resourceArn: arns[index],
      tags: record.tags,
    })),
  })
}

import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'

/** Older versions of Terraform's provider ask at their start whether the account has EC2-Classic. It has not. */
const attributes = [
  ['supported-platforms', 'VPC'],
  ['default-vpc', 'none'],
] as const

export async function DescribeAccountAttributes(
  _snapshot: Snapshot,
  input: { readonly AttributeName?: readonly string[] | undefined },
): Promise<Decision<{ readonly accountAttributeSet: readonly object[] }>> {
  const { AttributeName: names = [] } = input
  const asked = attributes.filter(([name]) => names.length === 0 || names.includes(name))
  return answer({
    accountAttributeSet: asked.map(([attributeName, attributeValue]) => ({
      attributeName,
      attributeValueSet: [{ attributeValue }],
    })),
  })
}

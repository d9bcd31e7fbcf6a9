import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { invalid } from './faults.ts'
import { own, vpcs } from './nouns.ts'
import { type VpcAttribute, vpcAttributes } from './vpc.ts'

type Answer = { readonly vpcId: string } & { readonly [A in VpcAttribute]?: { readonly value: boolean } }

export async function DescribeVpcAttribute(
  snapshot: Snapshot,
  input: { readonly VpcId: string; readonly Attribute: string },
): Promise<Decision<Answer>> {
  const vpc = await own(snapshot, vpcs, input.VpcId)
  const attribute = vpcAttributes.find((name) => name === input.Attribute)
  if (attribute === undefined)
    throw invalid('attribute', input.Attribute, `It must be one of ${vpcAttributes.join(', ')}.`)
  return answer({ vpcId: vpc.id, [attribute]: { value: vpc.attributes[attribute] } })
}

import { type Decision, save } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults, refuse } from './faults.ts'
import { own, vpcs } from './nouns.ts'
import type { VpcAttribute } from './vpc.ts'

export interface ModifyVpcAttributeInput {
  readonly VpcId: string
  readonly EnableDnsSupport?: { readonly Value?: boolean | undefined } | undefined
  readonly EnableDnsHostnames?: { readonly Value?: boolean | undefined } | undefined
  readonly EnableNetworkAddressUsageMetrics?: { readonly Value?: boolean | undefined } | undefined
}

/** One attribute a call. */
export async function ModifyVpcAttribute(
  snapshot: Snapshot,
  input: ModifyVpcAttributeInput,
): Promise<Decision<{ readonly return: true }>> {
  const vpc = await own(snapshot, vpcs, input.VpcId)
  const asked: Readonly<Record<VpcAttribute, boolean | undefined>> = {
    enableDnsSupport: input.EnableDnsSupport?.Value,
    enableDnsHostnames: input.EnableDnsHostnames?.Value,
    enableNetworkAddressUsageMetrics: input.EnableNetworkAddressUsageMetrics?.Value,
  }
  const given = Object.entries(asked).filter(([, value]) => value !== undefined)
  if (given.length === 0)
    throw faults.missing('enableDnsSupport, enableDnsHostnames or enableNetworkAddressUsageMetrics')
  if (given.length > 1)
    throw refuse(
      'InvalidParameterCombination',
      `Fields for multiple attribute types specified: ${given.map(([name]) => name).join(', ')}`,
    )
  const attributes = { ...vpc.attributes, ...Object.fromEntries(given) }
  return { changes: [save('vpc', { ...vpc, attributes })], show: () => ({ return: true }) }
}

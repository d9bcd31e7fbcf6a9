import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { faults } from './faults.ts'
import type { Filter } from './filters.ts'
import type { PageInput } from './pages.ts'

export interface DescribeNetworkInterfacesInput extends PageInput {
  readonly NetworkInterfaceId?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

/** Nothing runs in a VPC, so there are none. Terraform looks for those that were left behind before it deletes a subnet. */
export async function DescribeNetworkInterfaces(
  _snapshot: Snapshot,
  { NetworkInterfaceId: [unknown] = [] }: DescribeNetworkInterfacesInput,
): Promise<Decision<{ readonly networkInterfaceSet: readonly [] }>> {
  if (unknown !== undefined) throw faults.networkInterfaceNotFound(unknown)
  return answer({ networkInterfaceSet: [] })
}

import type { Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { refuse } from './faults.ts'

/** Older versions of Terraform's provider ask for it of every VPC, and take this refusal for a no. */
export async function DescribeVpcClassicLink(_snapshot: Snapshot): Promise<Decision<Readonly<Record<string, never>>>> {
  throw refuse('UnsupportedOperation', 'The functionality you requested is not available in this region.')
}

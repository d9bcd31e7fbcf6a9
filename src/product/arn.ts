import { refuse } from './fault.ts'

/** Resource types that tags can be put on, as ARNs name them. @source behaviour catalogue C.1 */
const types = ['dxcon', 'dxlag', 'dxvif', 'dx-gateway', 'dx-resiliency-group'] as const
export type ArnType = (typeof types)[number]

export interface Arn {
  readonly partition: string
  /** Empty for global resources. */
  readonly region: string
  /** Empty where a client did not ask for its own; it means the caller's then. @source Terraform's skip_requesting_account_id */
  readonly accountId: string
  readonly type: ArnType
  readonly id: string
}

const form = /^arn:(aws|aws-cn|aws-us-gov|aws-eusc):directconnect:([a-z0-9-]*):(\d{12}|):([a-z-]+)\/([a-z0-9-]+)$/

/** The parts of an ARN of a resource of Direct Connect. */
export function parseArn(text: string): Arn {
  const arn = readArn(text)
  if (arn === undefined)
    throw refuse(
      `Invalid value '${text.slice(0, 128)}' for resourceArn: it is not the ARN of a Direct Connect resource`,
    )
  return arn
}

/** As `parseArn`, for who has another text for what is none. */
export function readArn(text: string): Arn | undefined {
  const [, partition, region, accountId, name, id] = form.exec(text) ?? []
  const type = types.find((known) => known === name)
  if (
    partition === undefined ||
    region === undefined ||
    accountId === undefined ||
    id === undefined ||
    type === undefined
  )
    return undefined
  return { partition, region, accountId, type, id }
}

/** The part of the cloud that a Region belongs to; ARNs begin with it. */
export function partitionOf(region: string): string {
  const [, partition] = partitions.find(([prefix]) => region.startsWith(prefix)) ?? []
  return partition ?? 'aws'
}

const partitions = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
] as const

import { refuse } from './fault.ts'

/** Resource types that tags can be put on, as ARNs name them. @source behaviour catalogue C.1 */
export type ArnType = 'dxcon' | 'dxlag' | 'dxvif' | 'dx-gateway'

export interface Arn {
  readonly partition: string
  /** Empty for global resources. */
  readonly region: string
  readonly accountId: string
  readonly type: ArnType
  readonly id: string
}

const form =
  /^arn:(aws|aws-cn|aws-us-gov|aws-eusc):directconnect:([a-z0-9-]*):(\d{12}):(dxcon|dxlag|dxvif|dx-gateway)\/([a-z0-9-]+)$/

/** The parts of an ARN of a resource of Direct Connect. */
export function parseArn(text: string): Arn {
  const [, partition, region, accountId, type, id] = form.exec(text) ?? []
  if (
    partition === undefined ||
    region === undefined ||
    accountId === undefined ||
    id === undefined ||
    !isArnType(type)
  )
    throw refuse(
      `Invalid value '${text.slice(0, 128)}' for resourceArn: it is not the ARN of a Direct Connect resource`,
    )
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

function isArnType(type: string | undefined): type is ArnType {
  return type === 'dxcon' || type === 'dxlag' || type === 'dxvif' || type === 'dx-gateway'
}

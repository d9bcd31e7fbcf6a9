/** What a value must satisfy beyond its type. */
export type Constraint = {
  readonly on: 'string' | 'integer' | 'list'
  /** Of an integer its value, of a string its length in Unicode code points, of a list the number of its items. */
  readonly min?: number
  readonly max?: number
  /** The source of a regular expression with the flag `u`; it is anchored and takes linear time. */
  readonly pattern?: string
}

export const constraints = {
  AgreementName: { on: 'string', max: 100 },
  ConnectionArn: { on: 'string', min: 1, max: 1024 },
  ConnectionIdList: { on: 'list', min: 1, max: 200 },
  ConnectionIdentifier: { on: 'string', min: 1, max: 1024 },
  ConnectionIdentifierList: { on: 'list', min: 1, max: 50 },
  CoreNetworkAttachmentId: { on: 'string', min: 12, max: 28, pattern: '^attachment-([0-9a-f]{1,17})$' },
  CoreNetworkIdentifier: { on: 'string', min: 14, max: 30, pattern: '^core-network-([0-9a-f]{1,17})$' },
  IdempotencyToken: { on: 'string', min: 1, max: 128 },
  PrefixPoolAllocatedCount: { on: 'integer', min: 0 },
  PrefixPoolSize: { on: 'integer', min: 0 },
  PrefixPoolUnallocatedCount: { on: 'integer', min: 0 },
  ResiliencyGroupArn: {
    on: 'string',
    min: 1,
    max: 1024,
    pattern: '^arn:(aws|aws-cn|aws-us-gov):directconnect::[0-9]{12}:dx-resiliency-group/dxrg-[0-9a-z]{17}$',
  },
  ResiliencyGroupId: { on: 'string', min: 22, max: 22, pattern: '^(dxrg|DXRG)-[0-9a-zA-Z]{17}$' },
  ResiliencyGroupName: { on: 'string', min: 1, max: 255, pattern: '^[a-zA-Z0-9_\\-]+$' },
  RouteFilterCidrStringList: { on: 'list', min: 1, max: 10 },
  Status: { on: 'string', max: 30 },
  TagKey: { on: 'string', min: 1, max: 128, pattern: '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$' },
  TagList: { on: 'list', min: 1 },
  TagValue: { on: 'string', min: 0, max: 256, pattern: '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$' },
} as const satisfies Record<string, Constraint>

export type ConstraintName = keyof typeof constraints

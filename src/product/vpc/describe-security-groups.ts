import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { untagged } from './describe-network-acls.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { ownAll, vpcs } from './nouns.ts'
import { type PageInput, pageOf } from './pages.ts'
import type { Vpc } from './vpc.ts'

export interface DescribeSecurityGroupsInput extends PageInput {
  readonly GroupId?: readonly string[] | undefined
  readonly GroupName?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

const groupName = 'default'

/** Each VPC has the default one; there are no others. */
export async function DescribeSecurityGroups(
  snapshot: Snapshot,
  input: DescribeSecurityGroupsInput,
): Promise<
  Decision<{ readonly securityGroupInfo: readonly ReturnType<typeof show>[]; readonly nextToken: string | undefined }>
> {
  const all = await ownAll(snapshot, vpcs, undefined)
  const { GroupId: ids = [], GroupName: names = [] } = input
  const named = all.filter(
    (vpc) =>
      (ids.length === 0 || ids.includes(vpc.securityGroupId)) && (names.length === 0 || names.includes(groupName)),
  )
  const found = selected(named.map(untagged), input.Filter, fields)
  const { records, nextToken } = pageOf(snapshot, 'security groups', found, input)
  return answer({ securityGroupInfo: records.map(show), nextToken })
}

const fields: Fields<Vpc> = {
  'group-id': (vpc) => vpc.securityGroupId,
  'group-name': () => groupName,
  'vpc-id': (vpc) => vpc.id,
  'owner-id': (vpc) => vpc.ownerAccount,
  description: () => description,
}

const description = 'default VPC security group'

function show(vpc: Vpc) {
  return {
    groupId: vpc.securityGroupId,
    groupName,
    groupDescription: description,
    vpcId: vpc.id,
    ownerId: vpc.ownerAccount,
    ipPermissions: [
      { ipProtocol: '-1', groups: [{ userId: vpc.ownerAccount, groupId: vpc.securityGroupId }], ipRanges: [] },
    ],
    ipPermissionsEgress: [{ ipProtocol: '-1', groups: [], ipRanges: [{ cidrIp: '0.0.0.0/0' }] }],
    tagSet: [],
  }
}

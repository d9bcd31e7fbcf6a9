import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { ownAll, vpcs } from './nouns.ts'
import { type PageInput, pageOf } from './pages.ts'
import type { Vpc } from './vpc.ts'

export interface DescribeNetworkAclsInput extends PageInput {
  readonly NetworkAclId?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

/** Each VPC has the default one, which lets everything through; there are no others. */
export async function DescribeNetworkAcls(
  snapshot: Snapshot,
  input: DescribeNetworkAclsInput,
): Promise<
  Decision<{ readonly networkAclSet: readonly ReturnType<typeof show>[]; readonly nextToken: string | undefined }>
> {
  const all = await ownAll(snapshot, vpcs, undefined)
  const { NetworkAclId: ids = [] } = input
  const named = ids.length === 0 ? all : all.filter(({ networkAclId }) => ids.includes(networkAclId))
  const { records, nextToken } = pageOf(
    snapshot,
    'network acls',
    selected(named.map(untagged), input.Filter, fields),
    input,
  )
  return answer({ networkAclSet: records.map(show), nextToken })
}

/** The tags of a VPC are not those of what comes with it. */
export function untagged(vpc: Vpc): Vpc {
  return { ...vpc, tags: [] }
}

const fields: Fields<Vpc> = {
  'network-acl-id': (vpc) => vpc.networkAclId,
  'vpc-id': (vpc) => vpc.id,
  'owner-id': (vpc) => vpc.ownerAccount,
  default: () => true,
  'association.subnet-id': () => null,
}

function show(vpc: Vpc) {
  const entry = (egress: boolean, ruleNumber: number, ruleAction: 'allow' | 'deny') => ({
    ruleNumber,
    protocol: '-1',
    ruleAction,
    egress,
    cidrBlock: '0.0.0.0/0',
  })
  return {
    networkAclId: vpc.networkAclId,
    vpcId: vpc.id,
    ownerId: vpc.ownerAccount,
    default: true,
    entrySet: [true, false].flatMap((egress) => [entry(egress, 100, 'allow'), entry(egress, 32767, 'deny')]),
    associationSet: [],
    tagSet: [],
  }
}

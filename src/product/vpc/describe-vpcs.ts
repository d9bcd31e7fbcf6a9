import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { blockState, vpcState } from './lifecycle.ts'
import { ownAll, vpcs } from './nouns.ts'
import { type PageInput, pageOf } from './pages.ts'
import { visibleBlocks } from './rules.ts'
import { showVpc } from './show.ts'
import type { Vpc } from './vpc.ts'

export interface DescribeVpcsInput extends PageInput {
  readonly VpcId?: readonly string[] | undefined
  readonly Filter?: readonly Filter[] | undefined
}

export async function DescribeVpcs(
  snapshot: Snapshot,
  input: DescribeVpcsInput,
): Promise<
  Decision<{ readonly vpcSet: readonly ReturnType<typeof showVpc>[]; readonly nextToken: string | undefined }>
> {
  const { now } = snapshot
  const found = selected(await ownAll(snapshot, vpcs, input.VpcId), input.Filter, fields(now))
  const { records, nextToken } = pageOf(snapshot, 'vpcs', found, input)
  return answer({ vpcSet: records.map((vpc) => showVpc(vpc, now)), nextToken })
}

function fields(now: number): Fields<Vpc> {
  const blocks = (vpc: Vpc, ipv6: boolean) => visibleBlocks(vpc, now).filter(({ cidr }) => cidr.includes(':') === ipv6)
  const states = (vpc: Vpc, ipv6: boolean) => blocks(vpc, ipv6).map((block) => blockState.at(block, undefined, now))
  return {
    'vpc-id': (vpc) => vpc.id,
    'owner-id': (vpc) => vpc.ownerAccount,
    state: (vpc) => vpcState.at(vpc, undefined, now),
    cidr: (vpc) => vpc.blocks[0]?.cidr ?? null,
    'cidr-block': (vpc) => vpc.blocks[0]?.cidr ?? null,
    'cidr-block-association.cidr-block': (vpc) => blocks(vpc, false).map(({ cidr }) => cidr),
    'cidr-block-association.association-id': (vpc) => blocks(vpc, false).map(({ associationId }) => associationId),
    'cidr-block-association.state': (vpc) => states(vpc, false),
    'ipv6-cidr-block-association.ipv6-cidr-block': (vpc) => blocks(vpc, true).map(({ cidr }) => cidr),
    'ipv6-cidr-block-association.association-id': (vpc) => blocks(vpc, true).map(({ associationId }) => associationId),
    'ipv6-cidr-block-association.state': (vpc) => states(vpc, true),
    'ipv6-cidr-block-association.ipv6-pool': (vpc) => blocks(vpc, true).map(() => 'Amazon'),
    'dhcp-options-id': (vpc) => vpc.dhcpOptionsId,
    'is-default': () => false,
    isDefault: () => false,
  }
}

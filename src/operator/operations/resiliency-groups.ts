import { listGroupsWithVerdict } from '../../product/resiliency/list-groups-with-verdict.ts'
import { type OperatorOperation, operation } from '../operation.ts'
import * as shapes from '../shapes.ts'

/** Resiliency groups, of whatever account. Their owners change them. */
export const resiliencyGroupOperations: readonly OperatorOperation[] = [
  operation({
    name: 'ListResiliencyGroupsWithVerdict',
    method: 'GET',
    path: '/resiliency-groups',
    summary: "Every account's resiliency groups, and whether their connections meet the model that they are meant to",
    query: { type: 'object', properties: { accountId: shapes.accountId, ...shapes.paging } },
    answer: shapes.pageOf('resiliencyGroups', shapes.resiliencyGroup),
    decide: listGroupsWithVerdict,
  }),
]

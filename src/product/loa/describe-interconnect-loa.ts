import { ownInterconnect } from '../interconnects/rules.ts'
import type { Operation } from '../operation.ts'
import { wrappedLoa } from './describe-loa.ts'

/** Deprecated: as DescribeLoa, for an interconnect only. */
export const DescribeInterconnectLoa: Operation<'DescribeInterconnectLoa'> = async (snapshot, input) => {
  const interconnect = await ownInterconnect(snapshot, input.interconnectId)
  return wrappedLoa(snapshot, { connectionId: interconnect.id, providerName: input.providerName })
}

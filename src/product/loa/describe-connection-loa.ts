import { ownConnection } from '../connections/rules.ts'
import type { Operation } from '../operation.ts'
import { wrappedLoa } from './describe-loa.ts'

/** Deprecated: as DescribeLoa, for a connection only. */
export const DescribeConnectionLoa: Operation<'DescribeConnectionLoa'> = async (snapshot, input) => {
  await ownConnection(snapshot, input.connectionId)
  return wrappedLoa(snapshot, input)
}

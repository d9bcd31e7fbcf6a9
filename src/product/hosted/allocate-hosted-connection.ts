import type { Operation } from '../operation.ts'
import { allocate } from './allocation.ts'
import { readyParent } from './rules.ts'

export const AllocateHostedConnection: Operation<'AllocateHostedConnection'> = async (snapshot, input) =>
  allocate(snapshot, await readyParent(snapshot, input.connectionId), input)

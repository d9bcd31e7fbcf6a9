import type { Input, Shape } from '../../contract/types.ts'
import { checkAlive, ownPort } from '../connections/rules.ts'
import { refuse } from '../fault.ts'
import { liveLag, staying } from '../lags/rules.ts'
import type { Decision, Operation } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { isConnectionId, loadTopology } from '../topology.ts'
import { type Issued, issueLetter } from './issue-letter.ts'

/** The letter of a port, or one letter for all the ports of a LAG. */
export const DescribeLoa: Operation<'DescribeLoa'> = async (snapshot, input) => {
  const { letter, issuer, changes } = await issueFor(snapshot, input)
  return {
    changes,
    show: () => ({ loaContentType: 'application/pdf' }),
    finish: async (shown, documents) => ({ ...shown, loaContent: await documents.letter(letter, issuer) }),
  }
}

/** The same letter in the wrapping that the deprecated operations give it. */
export async function wrappedLoa(snapshot: Snapshot, input: Input<'DescribeLoa'>): Promise<Decision<WrappedLoa>> {
  const { letter, issuer, changes } = await issueForPort(snapshot, input)
  return {
    changes,
    show: () => ({ loa: { loaContentType: 'application/pdf' } }),
    finish: async ({ loa }, documents) => ({ loa: { ...loa, loaContent: await documents.letter(letter, issuer) } }),
  }
}

type WrappedLoa = Shape<'DescribeConnectionLoaResponse'>

async function issueFor(snapshot: Snapshot, input: Input<'DescribeLoa'>): Promise<Issued> {
  if (isConnectionId(input.connectionId)) return issueForPort(snapshot, input)
  const lag = await liveLag(snapshot, input.connectionId)
  const members = staying((await loadTopology(snapshot, { lags: [lag] })).members.get(lag.id) ?? [])
  if (members.length === 0) throw refuse(`Lag ${lag.id} has no connections, so there is no LOA-CFA for it`)
  return issueLetter(snapshot, lag, members, input.providerName)
}

async function issueForPort(snapshot: Snapshot, input: Input<'DescribeLoa'>): Promise<Issued> {
  const connection = await ownPort(snapshot, input.connectionId)
  if (connection.role === 'hosted')
    throw refuse(`Connection ${connection.id} is a hosted connection: its partner's port has the LOA-CFA`)
  checkAlive(connection, snapshot.now)
  return issueLetter(snapshot, connection, [connection], input.providerName)
}

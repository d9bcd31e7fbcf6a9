// What the doors show of all that is stored: nothing is missing in a list, nothing is in it twice, and counts count.
import { call } from '../wire/signed.ts'
import type { Rows } from './rows.ts'

type Complaints = readonly string[]

// oxlint-disable-next-line typescript/no-explicit-any -- tests look at answers whose types they state themselves
type Shown = any

interface List {
  readonly operation: string
  readonly member: string
  readonly id: string
  /** The ids that the account should see. */
  readonly wanted: (rows: Rows, account: string, now: number) => readonly string[]
  readonly complain?: (shown: Shown) => Complaints
}

const region = 'us-east-1'
const visible = (until: number | null, now: number) => until === null || until > now
/** What is about to vanish from a list may be gone by the time that we ask. */
const marginMs = 120_000

const lists: readonly List[] = [
  {
    operation: 'DescribeConnections',
    member: 'connections',
    id: 'connectionId',
    wanted: (rows, account, now) =>
      [...rows.of('connection').values()]
        .filter((each) => each.role !== 'interconnect' && each.ownerAccount === account && each.region === region)
        .filter(({ deletedAt }) => visible(deletedAt, now))
        .map(({ id }) => id),
  },
  {
    operation: 'DescribeLags',
    member: 'lags',
    id: 'lagId',
    wanted: (rows, account, now) =>
      [...rows.of('lag').values()]
        .filter((each) => each.ownerAccount === account && each.region === region && visible(each.deletedAt, now))
        .map(({ id }) => id),
    complain: ({ lagId, numberOfConnections, connections = [] }) =>
      numberOfConnections === connections.length
        ? []
        : [`${lagId} counts ${numberOfConnections} and shows ${connections.length}`],
  },
  {
    operation: 'DescribeVirtualInterfaces',
    member: 'virtualInterfaces',
    id: 'virtualInterfaceId',
    wanted: (rows, account, now) =>
      [...rows.of('virtual-interface').values()]
        .filter((each) => [each.ownerAccount, each.connectionOwner].includes(account) && each.region === region)
        .filter(({ deletedAt }) => visible(deletedAt, now))
        .map(({ id }) => id),
  },
  {
    operation: 'DescribeDirectConnectGateways',
    member: 'directConnectGateways',
    id: 'directConnectGatewayId',
    wanted: (rows, account, now) =>
      [...rows.of('gateway').values()]
        .filter(({ ownerAccount, deletedAt }) => ownerAccount === account && visible(deletedAt, now))
        .map(({ id }) => id),
  },
]

/** Whatever a door shows otherwise than it is stored, of these accounts, whose numbers are their access keys, in one Region. */
export async function disagreements(url: string, rows: Rows, accounts: readonly string[]): Promise<Complaints> {
  const now = Date.now() + (rows.of('installation').get('installation')?.clockOffset ?? 0)
  const stored = new Set(rows.records.map((record) => record.id))
  const complaints: string[] = []
  for (const account of accounts)
    for (const { operation, member, id, wanted, complain = () => [] } of lists) {
      const shown = await every(url, operation, member, account)
      const ids = shown.map((each): string => each[id])
      const there = new Set(ids)
      const missing = wanted(rows, account, now + marginMs).filter((each) => !there.has(each))
      const strange = ids.filter((each) => !stored.has(each))
      if (there.size < ids.length) complaints.push(`${operation} of ${account} shows something twice`)
      if (missing.length > 0) complaints.push(`${operation} of ${account} lacks ${missing.join(', ')}`)
      if (strange.length > 0) complaints.push(`${operation} of ${account} shows ${strange.join(', ')}`)
      complaints.push(...shown.flatMap(complain))
    }
  return complaints
}

/** All pages of a list. */
export async function every(url: string, operation: string, member: string, key: string): Promise<readonly Shown[]> {
  const all: Shown[] = []
  let nextToken: string | undefined
  do {
    const { status, json, text } = await call(url, {
      target: operation,
      body: JSON.stringify({ maxResults: 100, nextToken }),
      key,
    })
    if (status !== 200) throw new Error(`${operation}: ${text}`)
    all.push(...json[member])
    nextToken = json.nextToken
  } while (nextToken !== undefined)
  return all
}

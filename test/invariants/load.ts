// Customers at work: several at once, of several accounts, each with things of its own and one connection that they share.
// Each keeps a ledger of what it was told, so that afterwards it can be seen whether that is so.
import { setTimeout as delay } from 'node:timers/promises'
import { type Answer, call } from '../wire/signed.ts'
import { every } from './seen.ts'

/** The accounts of the customers, which are also the access keys. */
export const accounts = ['222222222222', '333333333333', '444444444444'] as const

type ListName = 'connections' | 'lags' | 'virtualInterfaces' | 'directConnectGateways'

/** Something that an answer said is there, and how. */
interface Thing {
  readonly id: string
  readonly account: string
  readonly list: ListName
  /** Members as its list shows them. */
  facts: Readonly<Record<string, unknown>>
  /** An answer about it was lost, so that nobody knows. */
  doubtful: boolean
  gone: boolean
  /** Others are on it, so that it may not go. */
  children: number
}

export interface Ledger {
  readonly things: readonly Thing[]
  /** The ids of the requests that were answered with yes. */
  readonly acknowledged: readonly string[]
  /** Answers that are neither yes nor a refusal that says why. */
  readonly strange: readonly string[]
  /** The longest time between two answers, real milliseconds. */
  readonly longestGapMs: number
}

export interface Customers {
  /** How many are at work. */
  readonly count: number
  readonly location: string
  readonly sharedConnection: string
  /** Which server is asked next. */
  readonly url: () => string
}

const vlans = 24

let sites = 0

const patienceMs = 30_000

/** What the customers need before they come: ports enough, and a connection that they share. */
export async function prepare(url: string): Promise<Pick<Customers, 'location' | 'sharedConnection'>> {
  const location = `LOAD${++sites}`
  const operator = async (path: string, body: object) => {
    const headers = { authorization: 'Bearer test', 'content-type': 'application/json', connection: 'close' }
    const response = await fetch(`${url}/operator/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(await response.text())
  }
  await operator('/locations', { code: location, name: 'Load', region: 'us-east-1' })
  for (let n = 0; n < 4; n++) await operator('/devices', { locationCode: location, ports: { '1Gbps': 512 } })
  const order = { location, bandwidth: '1Gbps', connectionName: 'shared' }
  const { json } = await call(url, { target: 'CreateConnection', body: JSON.stringify(order), key: accounts[0] })
  return { location, sharedConnection: json.connectionId }
}

/** Lets the customers work until `meanwhile` is over, which may wait until so many requests were answered with yes. */
export async function underLoad(
  customers: Customers,
  meanwhile: (answered: (count: number) => Promise<void>) => Promise<void>,
): Promise<Ledger> {
  const things: Thing[] = []
  const acknowledged: string[] = []
  const strange: string[] = []
  const end = new AbortController()
  let [last, longestGapMs] = [performance.now(), 0]
  const heard = (target: string, { status, headers, text }: Answer) => {
    longestGapMs = Math.max(longestGapMs, performance.now() - last)
    last = performance.now()
    if (status === 200) acknowledged.push(String(headers['x-amzn-requestid']))
    else if (status !== 400 || !text.includes('DirectConnectClientException')) strange.push(`${target}: ${text}`)
  }
  const working = Array.from({ length: customers.count }, async (_, number) => {
    const customer = newCustomer(customers, number, things, heard)
    while (!end.signal.aborted) await customer()
  })
  try {
    await meanwhile(async (count) => {
      const deadline = performance.now() + patienceMs
      while (acknowledged.length < count) {
        if (performance.now() > deadline) throw new Error(`only ${acknowledged.length} of ${count} were answered`)
        await delay(2)
      }
    })
  } finally {
    end.abort()
    await Promise.all(working)
  }
  return { things, acknowledged, strange, longestGapMs }
}

type Heard = (target: string, answer: Answer) => void

/** Answers what a customer does next, each time something else. */
function newCustomer(customers: Customers, number: number, all: Thing[], heard: Heard): () => Promise<void> {
  const account = accounts[number % accounts.length] ?? accounts[0]
  const own: Thing[] = []
  let made = 0
  const name = () => `${number}-${++made}`

  /** undefined: nobody knows whether it was done. */
  const ask = async (target: string, body: object): Promise<Answer | undefined> => {
    const answer = await call(customers.url(), { target, body: JSON.stringify(body), key: account }).catch(
      () => undefined,
    )
    if (answer !== undefined) heard(target, answer)
    if (answer === undefined || answer.code === 'DirectConnectServerException') {
      await delay(5)
      return undefined
    }
    return answer
  }
  const make = async (list: ListName, target: string, body: object, parent?: Thing): Promise<void> => {
    const answer = await ask(target, body)
    if (answer === undefined && parent !== undefined) parent.children += 1
    if (answer?.status !== 200) return
    if (parent !== undefined) parent.children += 1
    const shown = answer.json.directConnectGateway ?? answer.json
    const { id, ...facts } = factsOf(list, shown)
    const thing = { id, account, list, facts, doubtful: false, gone: false, children: 0 }
    own.push(thing)
    all.push(thing)
  }
  const change = async (thing: Thing, target: string, body: object, facts: Thing['facts'] | 'gone'): Promise<void> => {
    const answer = await ask(target, body)
    if (answer === undefined) thing.doubtful = true
    if (answer?.status !== 200) return
    if (facts === 'gone') thing.gone = true
    else thing.facts = { ...thing.facts, ...facts }
  }
  const one = (list: ListName, wanted = (_thing: Thing) => true) =>
    pick(own.filter((thing) => thing.list === list && !thing.gone && !thing.doubtful && wanted(thing)))

  const { location, sharedConnection } = customers
  const port = { location, bandwidth: '1Gbps' }
  const newVirtualInterface = () => ({
    virtualInterfaceName: name(),
    vlan: 1 + Math.floor(Math.random() * vlans),
    asn: 65_000,
    virtualGatewayId: 'vgw-0123456789abcdef0',
  })
  const steps: readonly (() => Promise<void> | undefined)[] = [
    () => make('connections', 'CreateConnection', { ...port, connectionName: name() }),
    () =>
      make('lags', 'CreateLag', {
        location,
        connectionsBandwidth: '1Gbps',
        numberOfConnections: 1 + (made % 2),
        lagName: name(),
      }),
    () => make('directConnectGateways', 'CreateDirectConnectGateway', { directConnectGatewayName: name() }),
    () => {
      const parent = one('connections')
      if (parent === undefined) return undefined
      const body = { connectionId: parent.id, newPrivateVirtualInterface: newVirtualInterface() }
      return make('virtualInterfaces', 'CreatePrivateVirtualInterface', body, parent)
    },
    () =>
      account === accounts[0]
        ? make('virtualInterfaces', 'CreatePrivateVirtualInterface', {
            connectionId: sharedConnection,
            newPrivateVirtualInterface: newVirtualInterface(),
          })
        : undefined,
    () => {
      const thing = one('connections')
      const connectionName = name()
      return thing && change(thing, 'UpdateConnection', { connectionId: thing.id, connectionName }, { connectionName })
    },
    () => {
      const thing = one('connections')
      const tags = [{ key: 'n', value: name() }]
      const resourceArn = `arn:aws:directconnect:us-east-1:${account}:dxcon/${thing?.id}`
      return thing && change(thing, 'TagResource', { resourceArn, tags }, { tags })
    },
    () => {
      const thing = one('virtualInterfaces')
      const virtualInterfaceName = name()
      const body = { virtualInterfaceId: thing?.id, virtualInterfaceName }
      return thing && change(thing, 'UpdateVirtualInterfaceAttributes', body, { virtualInterfaceName })
    },
    () => {
      const [thing, lag] = [one('connections', ({ facts }) => facts['lagId'] === undefined), one('lags')]
      if (thing === undefined || lag === undefined) return undefined
      const body = { connectionId: thing.id, lagId: lag.id }
      return change(thing, 'AssociateConnectionWithLag', body, { lagId: lag.id })
    },
    () => {
      const thing = one('virtualInterfaces')
      return thing && change(thing, 'DeleteVirtualInterface', { virtualInterfaceId: thing.id }, 'gone')
    },
    () => {
      const thing = one('connections', ({ children }) => children === 0)
      return thing && change(thing, 'DeleteConnection', { connectionId: thing.id }, 'gone')
    },
    () => {
      const thing = one('directConnectGateways')
      return thing && change(thing, 'DeleteDirectConnectGateway', { directConnectGatewayId: thing.id }, 'gone')
    },
  ]
  return async () => {
    await pick(steps)?.()
  }
}

const lists = {
  connections: { operation: 'DescribeConnections', id: 'connectionId', facts: ['connectionName', 'tags', 'lagId'] },
  lags: { operation: 'DescribeLags', id: 'lagId', facts: ['lagName'] },
  virtualInterfaces: {
    operation: 'DescribeVirtualInterfaces',
    id: 'virtualInterfaceId',
    // Not what carries it: that moves with a connection that joins a LAG.
    facts: ['virtualInterfaceName', 'vlan'],
  },
  directConnectGateways: {
    operation: 'DescribeDirectConnectGateways',
    id: 'directConnectGatewayId',
    facts: ['directConnectGatewayName'],
  },
} as const

function factsOf(list: ListName, shown: Readonly<Record<string, unknown>>) {
  const { id, facts } = lists[list]
  return { id: String(shown[id]), ...Object.fromEntries(facts.map((fact) => [fact, shown[fact]])) }
}

/** What a ledger says and the server does not; empty if everything is as it was answered. */
export async function untrue(url: string, { things }: Pick<Ledger, 'things'>): Promise<readonly string[]> {
  const complaints: string[] = []
  for (const account of accounts)
    for (const list of ['connections', 'lags', 'virtualInterfaces', 'directConnectGateways'] as const) {
      const all = await every(url, lists[list].operation, list, account)
      const shown = new Map(all.map((each) => [String(each[lists[list].id]), each]))
      for (const thing of things.filter((each) => each.list === list && each.account === account && !each.doubtful)) {
        const there = shown.get(thing.id)
        const state = there?.connectionState ?? there?.virtualInterfaceState ?? there?.directConnectGatewayState
        const isGone = there === undefined || state === 'deleted' || state === 'deleting'
        if (thing.gone !== isGone) complaints.push(`${thing.id} is ${isGone ? 'gone' : 'there'}`)
        else if (!isGone && JSON.stringify(factsOf(list, there)) !== JSON.stringify({ id: thing.id, ...thing.facts }))
          complaints.push(`${JSON.stringify(factsOf(list, there))} was answered as ${JSON.stringify(thing.facts)}`)
      }
    }
  return complaints
}

function pick<T>(from: readonly T[]): T | undefined {
  return from[Math.floor(Math.random() * from.length)]
}

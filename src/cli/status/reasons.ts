import type { JsonObject } from '../connection/connection.ts'
import { numberIn, objectsIn, textIn } from '../connection/json.ts'
import { letterTime, validForMs } from '../loa/issued.ts'
import { type Carrier, isUp } from './item.ts'

type Why = string | ((object: JsonObject, carrier: Carrier | undefined) => string)
type Reasons = Readonly<Record<string, Why>>

const ending: Reasons = {
  deleting: 'is being deleted',
  deleted: 'is deleted, and soon not listed any more',
  unknown: 'the service does not know',
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10)

const waitsForCable = (port: JsonObject): string => {
  const issued = letterTime(port)
  return issued === undefined
    ? "waits for its cross connect; 'crossconnect loa' downloads the letter for it"
    : `waits for its cross connect; the letter of ${day(issued)} holds until ${day(issued + validForMs)}`
}

const linkDown = (port: JsonObject): string =>
  textIn(port, 'encryptionMode') === 'must_encrypt' && /down/i.test(textIn(port, 'portEncryptionStatus'))
    ? 'MACsec has to be up (must_encrypt) and is not'
    : 'its link is down'

const approval = "waits for the operator's approval"

const port: Reasons = { ...ending, requested: approval, pending: waitsForCable, down: linkDown }

/** What a state that is not up means, by kind and state. A state without a line here is its own reason. */
export const reasons = {
  connection: port,
  interconnect: port,
  hosted: {
    ...ending,
    ordering: 'waits for its owner to accept it (confirm-connection)',
    pending: "waits for the link of its partner's port, which has not been up yet",
    down: "the link of its partner's port is down",
    rejected: 'its owner declined it',
  },
  lag: {
    ...ending,
    requested: approval,
    pending: (lag) => (members(lag).length === 0 ? 'has no connection' : `none of its links has been up yet`),
    down: (lag) =>
      `${members(lag).filter((state) => isUp(state)).length} of ${members(lag).length} links are up, and at least ${numberIn(lag, 'minimumLinks') ?? 0} have to be`,
  },
  virtualInterface: {
    ...ending,
    confirming: (vif) =>
      `waits for its owner to accept it (confirm-${textIn(vif, 'virtualInterfaceType')}-virtual-interface)`,
    verifying: 'waits for the operator to verify its prefixes',
    pending: (_vif, carrier) => `is being set up${because(carrier, '; ')}`,
    testing: 'a failover test holds its BGP sessions down',
    down: (_vif, carrier) => `none of its BGP sessions is up${because(carrier, ': ')}`,
    rejected: 'its owner declined it',
  },
  bgpPeer: {
    ...ending,
    verifying: 'waits for the operator to verify it',
    pending: 'is being set up',
    testing: 'a failover test holds it down',
    down: (peer, carrier) =>
      carrier !== undefined && !isUp(carrier.state)
        ? `the BGP session is down${because(carrier, ': ')}`
        : `the BGP session with ${textIn(peer, 'customerAddress') || 'the router'} is down; compare ASN, addresses and key with the router's`,
  },
  gateway: { ...ending, pending: 'is being made' },
  association: {
    ...ending,
    associating: 'is being made',
    updating: 'its allowed prefixes are being changed',
    disassociating: 'is being taken away',
    disassociated: 'is taken away',
  },
  attachment: {
    ...ending,
    attaching: 'is being made',
    detaching: 'is being taken away',
    detached: 'is taken away',
  },
} as const satisfies Record<string, Reasons>

/** Why something is in this state; '' when it is up. What the service gives as the reason of an error comes first. */
export function reasonOf(kind: keyof typeof reasons, state: string, object: JsonObject, carrier?: Carrier): string {
  const error = textIn(object, 'stateChangeError')
  if (error !== '') return error
  if (isUp(state)) return ''
  const table: Reasons = reasons[kind]
  const why = table[state]
  return typeof why === 'function' ? why(object, carrier) : (why ?? '')
}

const members = (lag: JsonObject): readonly string[] =>
  objectsIn(lag, 'connections').map((member) => textIn(member, 'connectionState'))

const because = (carrier: Carrier | undefined, joint: string): string =>
  carrier === undefined || isUp(carrier.state) ? '' : `${joint}${carrier.id} is ${carrier.state}`

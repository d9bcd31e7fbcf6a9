import type { AddressFamily } from '../addresses/cidr.ts'
import { cidrOf, type Network, networkOf, ofFamily } from './notation.ts'
import type { Setup } from './setup.ts'

/** One line of a prefix list. The first that fits decides; what fits none is refused. */
export interface PrefixRule {
  readonly action: 'permit' | 'deny'
  readonly network: Network
  /** Also all networks within it. */
  readonly orLonger: boolean
  readonly why: string
}

type Range = readonly [cidr: string, why: string]

const defaults: Readonly<Record<AddressFamily, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' }

/** Of no use as a route to anybody, with all that is in them. @source RFC 6890 */
const unusable: Readonly<Record<AddressFamily, readonly Range[]>> = {
  ipv4: [
    ['127.0.0.0/8', 'loopback'],
    ['169.254.0.0/16', 'link-local, which the addresses of sessions are'],
    ['224.0.0.0/3', 'multicast, and what is reserved'],
  ],
  ipv6: [
    ['::/8', 'loopback, and IPv4 in IPv6'],
    ['fe80::/10', 'link-local'],
    ['ff00::/8', 'multicast'],
  ],
}

/** Networks of one's own, as they are behind customers' routers. @source RFC 1918, RFC 4193 */
const internal: Readonly<Record<AddressFamily, readonly Range[]>> = {
  ipv4: [
    ['10.0.0.0/8', 'RFC 1918'],
    ['172.16.0.0/12', 'RFC 1918'],
    ['192.168.0.0/16', 'RFC 1918'],
  ],
  ipv6: [['fc00::/7', 'unique local addresses, RFC 4193']],
}

/**
 * What the router takes of what we announce: everything but what cannot be meant, so that nothing has to be changed when
 * a VPC or an allowed prefix comes or goes. A default route is taken where one is announced now.
 * @source behaviour catalogue E.2, E.4
 */
export function inboundRules(setup: Setup, family: AddressFamily): readonly PrefixRule[] {
  const all = defaults[family]
  const hasDefault = setup.announced.some((network) => cidrOf(network) === all)
  return [
    ...(hasDefault ? [] : [rule('deny', all, false, 'the default route: none is announced now')]),
    ...unusable[family].map(([cidr, why]) => rule('deny', cidr, true, why)),
    ...(setup.type === 'public' ? foreignRules(setup, family) : []),
    ...peeringRules(setup, family),
    rule('permit', all, true, 'everything else'),
  ]
}

/** On the internet nobody but the customer announces these to the customer. */
function foreignRules({ prefixes }: Setup, family: AddressFamily): readonly PrefixRule[] {
  return [
    ...internal[family].map(([cidr, why]) => rule('deny', cidr, true, why)),
    ...ofFamily(prefixes, family).map((prefix) => rule('deny', cidrOf(prefix), true, 'your own prefix')),
  ]
}

/**
 * What the router announces: on a public virtual interface exactly its prefixes; on others the networks behind the
 * router, and never what belongs to the session itself.
 * @source behaviour catalogue E.2
 */
export function outboundRules(setup: Setup, family: AddressFamily): readonly PrefixRule[] {
  if (setup.type === 'public')
    return ofFamily(setup.prefixes, family).map((prefix) => rule('permit', cidrOf(prefix), false, 'your prefix'))
  return [
    rule('deny', defaults[family], false, 'the default route'),
    ...unusable[family].map(([cidr, why]) => rule('deny', cidr, true, why)),
    ...peeringRules(setup, family),
    ...internal[family].map(([cidr, why]) => rule('permit', cidr, true, why)),
  ]
}

/** Our own addresses are link-local, which is denied as a whole. */
function peeringRules({ sessions }: Setup, family: AddressFamily): readonly PrefixRule[] {
  return sessions
    .filter((session) => session.family === family && !session.peering.address.startsWith('169.254.'))
    .map(({ peering }) => rule('deny', cidrOf(peering), true, 'the network of this session'))
}

function rule(action: PrefixRule['action'], cidr: string, orLonger: boolean, why: string): PrefixRule {
  return { action, network: networkOf(cidr), orLonger, why }
}

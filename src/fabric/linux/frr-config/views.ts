import { type AddressFamily, networkOf, parseCidr, showCidr } from '../../../product/addresses/cidr.ts'
import type { DesiredGateway } from '../../../product/desired/desired.ts'
import { preferences, tags, usualPreference } from '../../../product/routing/path-choice.ts'
import { distances, scopes } from '../../../product/routing/public-prefixes.ts'
import { markOf, noAdvertise, siteMark, type View, type Views } from '../views.ts'
import { type Entry, entriesOf } from './accept.ts'

// How the bgpds of further views hear all paths from the first one: over sessions inside the namespace, on which nothing
// is told that our side announces itself.

/** Where the first bgpd is heard, and from where the others speak: addresses of the loopback that nobody else can have. */
export const firstAddress = 'fd6b:7e51:29d4::1'
export function viewAddress({ table }: View): string {
  return `fd6b:7e51:29d4::1:${table.toString(16)}`
}

/** Which routes the first bgpd puts into its table, where that is for sites alone, and where it is for all. */
const [onlySites, everywhere] = ['only-sites', 'everywhere']
export function tableMapOf({ home }: Pick<Views, 'home'>): string {
  return home === null ? onlySites : everywhere
}

/** What the first bgpd tells which of the others, and how much it prefers it. */
export function viewPolicyLines({ virtualInterfaces }: DesiredGateway, views: readonly View[]): readonly string[] {
  const marked = [...new Map(virtualInterfaces.map((vif) => [markOf(vif), vif]))]
  return views.flatMap((view) => {
    const entries: readonly Entry[] = [
      ...notToWires,
      ['deny', 'match ip address prefix-list own'],
      ['deny', 'match ipv6 address prefix-list own'],
      ...keptBackFrom(view).map((community) => ['deny', `match community ${scopeName(community)}`] as const),
      ...tags.map(([, name]) => ['permit', `match community ${name}`] as const),
      ...marked.flatMap(([mark, vif]) =>
        [mark, mark + noAdvertise].map((each): Entry => {
          const preference = preferences[usualPreference(vif, view.home)] * 100
          return ['permit', `match tag ${each}`, `set local-preference ${preference}`]
        }),
      ),
      // What had another mark a moment ago.
      ['permit'],
    ]
    return entriesOf(nameOf(view), entries)
  })
}

/** With these communities a customer keeps a route from what is public so far away. */
function keptBackFrom({ home }: View): readonly string[] {
  const distance = distances.find((each) => each === home)
  return distance === undefined ? [] : scopes[distance].keptBack
}

/** What FRR calls the list of one such community. */
function scopeName(community: string): string {
  return `scope-${community.replace(':', '-')}`
}

export function scopeLines(): readonly string[] {
  return scopes.world.keptBack.map(
    (community) => `bgp community-list standard ${scopeName(community)} permit ${community}`,
  )
}

export function tableMapLines({ home }: Pick<Views, 'home'>): readonly string[] {
  const sites = [siteMark, siteMark + noAdvertise].map((mark): Entry => ['permit', `match tag ${mark}`])
  return home === null
    ? entriesOf(onlySites, [...notToWires, ...sites])
    : entriesOf(everywhere, [...notToWires, ['permit']])
}

/** Whatever a customer announces, what is on a wire is reached over that wire: another customer's router, as it may be. */
const notToWires: readonly Entry[] = [
  ['deny', 'match ip address prefix-list wires'],
  ['deny', 'match ipv6 address prefix-list wires'],
]

/** The networks of wires, with all that is in them. */
export function wireLines(amazonAddresses: readonly string[]): readonly string[] {
  const lines = amazonAddresses.flatMap((address) => {
    const cidr = parseCidr(address)
    if (cidr === undefined) return []
    const [list, longest] = cidr.family === 'ipv4' ? (['ip', 32] as const) : (['ipv6', 128] as const)
    return `${list} prefix-list wires permit ${showCidr(networkOf(cidr))}${cidr.length < longest ? ` le ${longest}` : ''}`
  })
  return [...new Set(lines)]
}

/** What our side announces itself: nobody else is taken for it. */
export function ownLines(networks: readonly string[], family: AddressFamily): readonly string[] {
  return networks.map((cidr) => `${family === 'ipv4' ? 'ip' : 'ipv6'} prefix-list own permit ${cidr}`)
}

export function viewNeighborLines(asn: number, view: View): readonly string[] {
  const name = nameOf(view)
  return [
    ` neighbor ${name} peer-group`,
    ` neighbor ${name} remote-as ${asn}`,
    ` bgp listen range ${viewAddress(view)}/128 peer-group ${name}`,
  ]
}

export function viewFamilyLines(view: View): readonly string[] {
  return ['activate', 'addpath-tx-all-paths', `route-map ${nameOf(view)} out`].map(
    (line) => `  neighbor ${nameOf(view)} ${line}`,
  )
}

function nameOf({ home }: View): string {
  return `view-${home}`
}

/** What the bgpd of a further view is told: as long as there is the view, this never changes. */
export function viewConfiguration(asn: number, view: View): string {
  const family = (name: AddressFamily) => [
    ` address-family ${name} unicast`,
    `  neighbor ${firstAddress} activate`,
    `  neighbor ${firstAddress} route-map into-table in`,
    // Ours stands in a path where a customer's own is private.
    `  neighbor ${firstAddress} allowas-in 1`,
    '  maximum-paths ibgp 64',
    ' exit-address-family',
  ]
  return [
    'log stdout informational',
    'route-map into-table permit 10',
    ` set table ${view.table}`,
    'exit',
    `router bgp ${asn}`,
    // None of a customer's, and not that of the first, which would not speak with its like.
    ` bgp router-id 127.1.${view.table >> 8}.${view.table & 0xff}`,
    ' no bgp default ipv4-unicast',
    ' bgp always-compare-med',
    ' bgp bestpath as-path multipath-relax',
    ' coalesce-time 0',
    ` neighbor ${firstAddress} remote-as ${asn}`,
    ` neighbor ${firstAddress} update-source ${viewAddress(view)}`,
    ` neighbor ${firstAddress} timers connect 1`,
    ...family('ipv4'),
    ...family('ipv6'),
    '',
  ].join('\n')
}

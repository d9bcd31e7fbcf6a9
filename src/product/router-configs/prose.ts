import { familyNames } from './family-facts.ts'
import { cidrOf } from './notation.ts'
import { preferenceCommunities } from './session-facts.ts'
import type { Setup } from './setup.ts'

/** What every configuration says in comments, without the marks of comments: each string is one line. */

const width = 76
/** More would hide what is to be entered. */
const mostListed = 30

/** What this is for, and what is to be expected of our side. */
export function heading(setup: Setup): readonly string[] {
  const { description, type, vlan, mtu } = setup
  return [
    `Direct Connect virtual interface ${description}`,
    ...wrapped(`It is ${type}, in VLAN ${vlan} on ${carrierText(setup)}, for packets of up to ${mtu} bytes.`),
    ...setup.sessions.flatMap(({ family, asn, amazonAsn }) =>
      wrapped(`${familyNames[family]}: your ASN is ${asn}, ours is ${amazonAsn}.`),
    ),
    ...wrapped(announcedText(setup)),
    ...wrapped(takenText(setup)),
  ]
}

function carrierText({ carrier }: Setup): string {
  if (carrier.kind === 'port') return `connection ${carrier.id} (${carrier.bandwidth})`
  if (carrier.memberIds.length === 0) return `LAG ${carrier.id} (without ports at the moment)`
  return `LAG ${carrier.id} (${carrier.memberIds.length} times ${carrier.bandwidth}: ${carrier.memberIds.join(', ')})`
}

function announcedText({ type, announced, siteLink }: Setup): string {
  if (type === 'public') return 'We announce the public prefixes of the service, of all Regions that can be reached.'
  const [shown, rest] = [announced.slice(0, mostListed), announced.slice(mostListed)]
  const more = rest.length > 0 ? ` and ${rest.length} more` : ''
  const sites = siteLink ? ' Beside it we announce what your other sites with SiteLink do.' : ''
  if (shown.length === 0) return `We announce nothing at the moment: it leads to no VPC and no allowed prefix.${sites}`
  return `We announce at the moment ${shown.map(cidrOf).join(', ')}${more}.${sites}`
}

function takenText({ type, sessions, mostTaken }: Setup): string {
  const counts = sessions.map(({ family }) => `${mostTaken[family]} ${familyNames[family]}`)
  const many = `We take up to ${counts.join(' and ')} routes of you; with more the session ends.`
  return type === 'public' ? `${many} Others than your public prefixes are ignored.` : many
}

/** How several virtual interfaces work together, ahead of lines that are commented out. @source behaviour catalogue E.2, E.3 */
export function passiveAdvice(setup: Setup): readonly string[] {
  const { high, low } = preferenceCommunities
  const share = 'Virtual interfaces with the same routes share the load.'
  if (setup.type !== 'public')
    return wrapped(
      `${share} To keep this one for when others fail, put to use the lines marked "passive": traffic to you then avoids it for its longer AS path (within a Region) and its community (${low}; ${high} on the others), traffic from you for its local preference.`,
    )
  return wrapped(
    setup.sessions.every(({ hasPrivateAsn }) => hasPrivateAsn)
      ? `${share} To keep this one for when others fail, announce longer prefixes on the others (a longer AS path is not seen, since your ASN is private) and put to use the line marked "passive", for traffic from you.`
      : `${share} To keep this one for when others fail, put to use the lines marked "passive": a longer AS path for traffic to you, a lower local preference for traffic from you.`,
  )
}

/** The routers that share a load or take over must not have the same one. */
export const routerIdAdvice: readonly string[] = wrapped(
  'A router-id of your own is as good; routers of yours that speak BGP with each other need different ones.',
)

/** At spaces, so that no line is longer than people read. */
export function wrapped(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

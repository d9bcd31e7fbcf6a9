import { filterName, sharedName } from '../names.ts'
import { cidrOf, ofFamily } from '../notation.ts'
import { routerIdAdvice } from '../prose.ts'
import { holdSeconds, keepaliveSeconds, mostAnnounced } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { addOnce, commented, ip, quotedValue } from './words.ts'

export function bgpLines(setup: Setup): readonly string[] {
  const asns = [...new Set(setup.sessions.map(({ asn }) => asn))]
  return [
    '#',
    ...commented(routerIdAdvice),
    ...asns.map((asn) => addOnce('/routing bgp instance', instanceOf(asn), `as=${asn} router-id=${setup.routerId}`)),
    ...setup.sessions.flatMap((session) => connectionLines(session, setup)),
  ]
}

function connectionLines(session: Session, setup: Setup): readonly string[] {
  const { family, asn, amazonAsn, amazonAddress, customerAddress, authKey } = session
  const name = `${setup.id}-${family}`
  const prefixes = ofFamily(setup.prefixes, family)
  const values = [
    `name=${name}`,
    `instance=${instanceOf(asn)}`,
    `afi=${family === 'ipv4' ? 'ip' : 'ipv6'}`,
    `comment=${quotedValue(setup.description)}`,
    `local.address=${customerAddress}`,
    'local.role=ebgp',
    `remote.address=${amazonAddress}/${family === 'ipv4' ? 32 : 128}`,
    `remote.as=${amazonAsn}`,
    `tcp-md5-key=${quotedValue(authKey)}`,
    `hold-time=${holdSeconds}s`,
    `keepalive-time=${keepaliveSeconds}s`,
    'use-bfd=yes',
    `input.filter=${filterName(setup, session, 'in')}`,
    `input.limit-process-routes-${family}=${mostAnnounced[setup.type]}`,
    `output.filter-chain=${filterName(setup, session, 'out')}`,
    setup.type === 'public' ? `output.network=${name}` : 'output.redistribute=connected',
  ]
  return [
    '#',
    ...(setup.type === 'public' ? [] : ['# The networks of your interfaces go out as far as the filter lets them.']),
    ...prefixes.map((prefix) => `${ip(family)} firewall address-list add list=${name} address=${cidrOf(prefix)}`),
    `/routing bgp connection add ${values.join(' ')}`,
  ]
}

function instanceOf(asn: number): string {
  return `${sharedName}-${asn}`
}

import { cidrOf, dottedMask, ofFamily, textOf } from '../notation.ts'
import { holdSeconds, keepaliveSeconds } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { passwordHint, prefixListName } from './naming.ts'

const port = 'GigabitEthernet0/1'

/** Cisco IOS 12.4 and later: a subinterface in dot1q and a BGP neighbour for each session. */
export function ciscoIos(setup: Setup): string {
  const { sessions, asn } = setup
  return textOf([
    `! Direct Connect virtual interface ${setup.description}`,
    `! Use the interface that the cross connect is plugged into in place of ${port}.`,
    ...passwordHint(setup),
    ...(sessions.some(({ family }) => family === 'ipv6') ? ['ipv6 unicast-routing', '!'] : []),
    `interface ${port}`,
    ...(setup.mtu > 1500 ? [` mtu ${setup.mtu}`] : []),
    ' no shutdown',
    '!',
    `interface ${port}.${setup.vlan}`,
    ` description ${setup.description}`,
    ` encapsulation dot1Q ${setup.vlan}`,
    ...sessions.flatMap((session) => interfaceLines(session, setup.mtu)),
    '!',
    ...setup.prefixes.flatMap((prefix) =>
      prefix.family === 'ipv4'
        ? [
            `ip route ${prefix.address} ${dottedMask(prefix.prefixLength)} Null0`,
            `ip prefix-list ${prefixListName(setup, 'ipv4')} permit ${cidrOf(prefix)}`,
          ]
        : [
            `ipv6 route ${cidrOf(prefix)} Null0`,
            `ipv6 prefix-list ${prefixListName(setup, 'ipv6')} permit ${cidrOf(prefix)}`,
          ],
    ),
    ...(setup.prefixes.length > 0 ? ['!'] : []),
    `router bgp ${asn}`,
    ' no bgp default ipv4-unicast',
    ...sessions.flatMap((session) => neighborLines(session, setup)),
    ...sessions.flatMap((session) => familyLines(session, setup)),
    '!',
    'end',
  ])
}

function interfaceLines({ family, customerAddress, prefixLength }: Session, mtu: number): readonly string[] {
  return family === 'ipv4'
    ? [` ip address ${customerAddress} ${dottedMask(prefixLength)}`, ` ip mtu ${mtu}`]
    : [` ipv6 address ${customerAddress}/${prefixLength}`, ` ipv6 mtu ${mtu}`]
}

function neighborLines(session: Session, { asn, description }: Setup): readonly string[] {
  const neighbor = ` neighbor ${session.amazonAddress}`
  return [
    `${neighbor} remote-as ${session.amazonAsn}`,
    ...(session.asn === asn ? [] : [`${neighbor} local-as ${session.asn}`]),
    `${neighbor} description ${description}`,
    `${neighbor} password ${session.authKey}`,
    `${neighbor} timers ${keepaliveSeconds} ${holdSeconds}`,
  ]
}

function familyLines({ family, amazonAddress }: Session, setup: Setup): readonly string[] {
  const prefixes = ofFamily(setup.prefixes, family)
  return [
    ' !',
    ` address-family ${family}${family === 'ipv6' ? ' unicast' : ''}`,
    `  neighbor ${amazonAddress} activate`,
    ...(setup.type === 'public'
      ? [`  neighbor ${amazonAddress} prefix-list ${prefixListName(setup, family)} out`]
      : []),
    ...prefixes.map((prefix) =>
      family === 'ipv4'
        ? `  network ${prefix.address} mask ${dottedMask(prefix.prefixLength)}`
        : `  network ${cidrOf(prefix)}`,
    ),
    ...(setup.type === 'public'
      ? []
      : ['  ! Add a network statement for each network of yours that shall be reached.']),
    ' exit-address-family',
  ]
}

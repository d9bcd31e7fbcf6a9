import { cidrOf, ofFamily, textOf } from '../notation.ts'
import { holdSeconds, keepaliveSeconds } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { passwordHint, prefixListName } from './naming.ts'

const port = 'Ethernet1/1'

/** Cisco NX-OS 5.1 and later. */
export function ciscoNxOs(setup: Setup): string {
  const { sessions, asn } = setup
  return textOf([
    `! Direct Connect virtual interface ${setup.description}`,
    `! Use the interface that the cross connect is plugged into in place of ${port}.`,
    ...passwordHint(setup),
    'feature bgp',
    '!',
    `interface ${port}`,
    '  no switchport',
    ...(setup.mtu > 1500 ? ['  mtu 9216'] : []),
    '  no shutdown',
    '!',
    `interface ${port}.${setup.vlan}`,
    `  description ${setup.description}`,
    `  encapsulation dot1q ${setup.vlan}`,
    `  mtu ${setup.mtu}`,
    ...sessions.map(
      ({ family, customerAddress, prefixLength }) =>
        `  ${family === 'ipv4' ? 'ip' : 'ipv6'} address ${customerAddress}/${prefixLength}`,
    ),
    '  no shutdown',
    '!',
    ...setup.prefixes.flatMap((prefix) => {
      const ip = prefix.family === 'ipv4' ? 'ip' : 'ipv6'
      return [
        `${ip} route ${cidrOf(prefix)} Null0`,
        `${ip} prefix-list ${prefixListName(setup, prefix.family)} permit ${cidrOf(prefix)}`,
      ]
    }),
    ...(setup.prefixes.length > 0 ? ['!'] : []),
    `router bgp ${asn}`,
    ...sessions.flatMap((session) => familyLines(session, setup)),
    ...sessions.flatMap((session) => neighborLines(session, setup)),
    '!',
    'end',
  ])
}

function familyLines({ family }: Session, setup: Setup): readonly string[] {
  return [
    `  address-family ${family} unicast`,
    ...ofFamily(setup.prefixes, family).map((prefix) => `    network ${cidrOf(prefix)}`),
    ...(setup.type === 'public'
      ? []
      : ['    ! Add a network statement for each network of yours that shall be reached.']),
  ]
}

function neighborLines(session: Session, setup: Setup): readonly string[] {
  return [
    `  neighbor ${session.amazonAddress}`,
    `    remote-as ${session.amazonAsn}`,
    ...(session.asn === setup.asn ? [] : [`    local-as ${session.asn}`]),
    `    description ${setup.description}`,
    `    password 0 ${session.authKey}`,
    `    timers ${keepaliveSeconds} ${holdSeconds}`,
    `    address-family ${session.family} unicast`,
    ...(setup.type === 'public' ? [`      prefix-list ${prefixListName(setup, session.family)} out`] : []),
  ]
}

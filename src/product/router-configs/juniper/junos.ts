import { cidrOf, ofFamily, quoted, textOf } from '../notation.ts'
import { holdSeconds } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'

const port = 'ge-0/0/1'

/** Ethernet header and VLAN tag, which Junos counts to the MTU of a port. */
const frameOverhead = 18

/** Junos 9.5 and later, on routers. */
export function junosRouter(setup: Setup): string {
  return textOf(junosLines(setup))
}

/** As `junosRouter`, for the SRX series: a firewall, which lets BGP in only where it is told to. */
export function junosFirewall(setup: Setup): string {
  const zone = `set security zones security-zone direct-connect interfaces ${port}.${setup.vlan} host-inbound-traffic`
  return textOf([...junosLines(setup), `${zone} protocols bgp`, `${zone} system-services ping`])
}

function junosLines(setup: Setup): readonly string[] {
  const { sessions } = setup
  const unit = `set interfaces ${port} unit ${setup.vlan}`
  return [
    `# Direct Connect virtual interface ${setup.description}`,
    `# Use the interface that the cross connect is plugged into in place of ${port}.`,
    `set interfaces ${port} vlan-tagging`,
    `set interfaces ${port} mtu ${setup.mtu + frameOverhead}`,
    `${unit} description ${quoted(setup.description)}`,
    `${unit} vlan-id ${setup.vlan}`,
    ...sessions.flatMap(({ family, customerAddress, prefixLength }) => [
      `${unit} family ${inet(family)} mtu ${setup.mtu}`,
      `${unit} family ${inet(family)} address ${customerAddress}/${prefixLength}`,
    ]),
    `set routing-options autonomous-system ${setup.asn}`,
    ...setup.prefixes.map((prefix) => {
      const table = prefix.family === 'ipv4' ? 'static' : 'rib inet6.0 static'
      return `set routing-options ${table} route ${cidrOf(prefix)} discard`
    }),
    ...sessions.flatMap((session) => exportLines(session, setup)),
    ...sessions.flatMap((session) => neighborLines(session, setup)),
  ]
}

function inet(family: Session['family']): string {
  return family === 'ipv4' ? 'inet' : 'inet6'
}

function policyOf({ id }: Setup, { family }: Session): string {
  return `${id}-${family}-out`
}

/** On a public virtual interface exactly its prefixes go out, on others what the customer adds. */
function exportLines(session: Session, setup: Setup): readonly string[] {
  const policy = `set policy-options policy-statement ${policyOf(setup, session)}`
  const prefixes = ofFamily(setup.prefixes, session.family)
  return [
    ...(setup.type === 'public'
      ? []
      : [`# Add a route-filter to the term "own" of ${policyOf(setup, session)} for each network of yours.`]),
    ...prefixes.map((prefix) => `${policy} term own from route-filter ${cidrOf(prefix)} exact`),
    ...(prefixes.length > 0 ? [`${policy} term own then accept`] : []),
    `${policy} term rest then reject`,
  ]
}

function neighborLines(session: Session, setup: Setup): readonly string[] {
  const group = `set protocols bgp group ${setup.id}-${session.family}`
  const neighbor = `${group} neighbor ${session.amazonAddress}`
  return [
    `${group} type external`,
    `${group} family ${inet(session.family)} unicast`,
    `${neighbor} description ${quoted(setup.description)}`,
    `${neighbor} local-address ${session.customerAddress}`,
    `${neighbor} peer-as ${session.amazonAsn}`,
    ...(session.asn === setup.asn ? [] : [`${neighbor} local-as ${session.asn}`]),
    `${neighbor} authentication-key ${quoted(session.authKey)}`,
    `${neighbor} hold-time ${holdSeconds}`,
    `${neighbor} export ${policyOf(setup, session)}`,
  ]
}

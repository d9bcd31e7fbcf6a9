import { deviceOf } from '../linux/devices.ts'
import { shellLines } from '../linux/shell.ts'
import { remarks } from '../names.ts'
import { cidrOf, textOf } from '../notation.ts'
import { heading, passiveAdvice } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { bgpLines } from './bgp.ts'
import { prefixListLines } from './prefix-lists.ts'
import { routeMapLines, sharedListLines } from './route-maps.ts'
import { ip } from './words.ts'

/**
 * FRR 8 and later on Linux. What is the router's own (BFD profile, router-id, paths) is the same in every configuration
 * of an ASN, and what is a session's bears the virtual interface's id, so that several can be entered one after another.
 */
export function frr(setup: Setup): string {
  const { sessions } = setup
  return textOf([
    ...remarks('!', heading(setup)),
    '!',
    '! Enter it with `vtysh -f FILE`, or as /etc/frr/frr.conf. The daemons zebra, bgpd,',
    '! bfdd and staticd have to run (/etc/frr/daemons).',
    ...(sessions.some(({ authKey }) => authKey.includes('?'))
      ? ['! Do not paste it: at the prompt the question mark of a password asks for help.']
      : []),
    '!',
    '! The lines that begin with !$ are for the shell, and come first:',
    "!   sed -n 's/^!\\$ //p' FILE | sh",
    '!',
    ...shellLines(setup).map((line) => `!$ ${line}`),
    '!',
    '! It comes first: sessions begin a second after what has been entered, not five.',
    'bgp route-map delay-timer 1',
    '!',
    ...interfaceLines(setup),
    ...discardLines(setup),
    ...sessions.flatMap((session) => prefixListLines(setup, session)),
    '!',
    ...remarks('!', passiveAdvice(setup)),
    '!',
    ...sharedListLines(setup),
    ...sessions.flatMap((session) => routeMapLines(setup, session)),
    '!',
    ...bgpLines(setup),
  ])
}

function interfaceLines(setup: Setup): readonly string[] {
  return [
    `interface ${deviceOf(setup)}`,
    ` description ${setup.description}`,
    ...setup.sessions.map(
      ({ family, customerAddress, prefixLength }) => ` ${ip(family)} address ${customerAddress}/${prefixLength}`,
    ),
    'exit',
    '!',
  ]
}

/** What stands for the whole of each public prefix, unless the router has a route for it. */
function discardLines({ prefixes }: Setup): readonly string[] {
  if (prefixes.length === 0) return []
  return [
    '! Your public prefixes, for what no longer prefix in your network leads to.',
    ...prefixes.map((prefix) => `${ip(prefix.family)} route ${cidrOf(prefix)} blackhole 254`),
    '!',
  ]
}

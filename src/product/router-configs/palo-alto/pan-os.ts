import { macSecElsewhere } from '../macsec-advice.ts'
import { cidrOf, textOf } from '../notation.ts'
import { portsAdvice } from '../ports-advice.ts'
import { heading, passiveAdvice } from '../prose.ts'
import type { Setup } from '../setup.ts'
import { announcementLines } from './announcements.ts'
import { bgpLines } from './bgp.ts'
import { interfaceLines } from './interface.ts'
import { lagLines } from './lag.ts'
import { policyLines } from './policies.ts'
import { commented, portName } from './words.ts'

/** PAN-OS 8.0.3 and later, in the virtual router `default`, as commands that set. */
export function panOs(setup: Setup): string {
  return textOf([
    ...commented(heading(setup)),
    '#',
    '# Paste it after "set cli scripting-mode on" and "configure", and keep it with "commit".',
    '# Lines with a number sign are for you: PAN-OS has no comments, and refuses them.',
    ...commented(portsAdvice(setup, portName)),
    ...commented(cautions(setup)),
    ...commented(macSecElsewhere(setup, 'PAN-OS 8')),
    ...lagLines(setup),
    ...interfaceLines(setup),
    ...bgpLines(setup),
    '#',
    ...commented(passiveAdvice(setup)),
    ...setup.sessions.flatMap((session) => policyLines(setup, session)),
    ...announcementLines(setup),
  ])
}

/** What the command line makes of some keys, and what a virtual router has once only. */
function cautions({ asn, sessions, announced }: Setup): readonly string[] {
  const keys = sessions.map(({ authKey }) => authKey)
  return [
    ...(keys.some((key) => /["'\\?]/.test(key))
      ? [
          'Where the command line refuses the secret of an auth-profile for its punctuation, enter',
          'it in the web interface.',
        ]
      : []),
    ...(keys.some((key) => key.length > 63) ? ['A secret has at most 63 characters: choose a shorter key.'] : []),
    ...sessions
      .filter((session) => session.asn !== asn)
      .map(
        (session) =>
          `The session with ${session.amazonAddress} wants the AS ${session.asn}, which takes a virtual router of its own.`,
      ),
    ...(announced.some((network) => ['0.0.0.0/0', '::/0'].includes(cidrOf(network)))
      ? ['To take the default route that we announce, say "reject-default-route no" of bgp.']
      : []),
  ]
}

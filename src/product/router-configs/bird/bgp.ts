import { bfd, holdSeconds, keepaliveSeconds, mostAnnounced } from '../session-facts.ts'
import type { Session, Setup } from '../setup.ts'
import { sessionName } from './words.ts'

export function bgpLines(setup: Setup, session: Session): readonly string[] {
  const name = sessionName(setup, session)
  const { intervalMs, multiplier } = bfd
  return [
    `protocol bgp ${name}`,
    '{',
    `  description "${setup.description}";`,
    `  local ${session.customerAddress} as ${session.asn};`,
    `  neighbor ${session.amazonAddress} as ${session.amazonAsn};`,
    ...passwordLines(session.authKey),
    `  keepalive time ${keepaliveSeconds};`,
    `  hold time ${holdSeconds};`,
    '  connect retry time 10;',
    '  # It is on at our side and waits for yours.',
    `  bfd { min rx interval ${intervalMs} ms; min tx interval ${intervalMs} ms; multiplier ${multiplier}; };`,
    `  ${session.family}`,
    '  {',
    `    import limit ${mostAnnounced[setup.type]} action restart;`,
    `    import filter ${name}_in;`,
    `    export filter ${name}_out;`,
    '  };',
    '}',
  ]
}

/** BIRD's texts are what stands between quotation marks, whatever it is. */
function passwordLines(authKey: string): readonly string[] {
  if (!authKey.includes('"')) return [`  password "${authKey}";`]
  return [
    '  # BIRD takes no password with a quotation mark, which the key of this session has: give it',
    '  # another key (a new BGP peer), else it never comes up.',
  ]
}

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
    '  # After a failure, which BFD tells of at once, it does not wait for a minute.',
    '  error wait time 2, 60;',
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
    '  # BIRD has no way to write a password with a quotation mark, as the key of this session has:',
    '  # without a new BGP peer with another key it never comes up.',
  ]
}

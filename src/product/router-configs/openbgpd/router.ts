import type { Setup } from '../setup.ts'

/** What a router has once, however many sessions: the same in every configuration of an ASN. */
export function onceLines({ asn, routerId }: Setup): readonly string[] {
  return [
    `AS ${asn}`,
    `router-id ${routerId}`,
    'connect-retry 10',
    '# The networks of the interfaces; the filters let out what may go.',
    'network inet connected',
    'network inet6 connected',
  ]
}

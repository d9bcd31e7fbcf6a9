import type { Setup } from '../setup.ts'

/** What a router has once, however many sessions: the same in every configuration of an ASN. */
export function onceLines({ routerId }: Setup): readonly string[] {
  return [
    `router id ${routerId};`,
    'protocol device {}',
    '# The networks of the interfaces; the filters let out what may go.',
    'protocol direct { ipv4; ipv6; }',
    '# Paths over several virtual interfaces share the load.',
    'protocol kernel { merge paths on; ipv4 { export where source != RTS_DEVICE; }; }',
    'protocol kernel { merge paths on; ipv6 { export where source != RTS_DEVICE; }; }',
    'protocol bfd {}',
  ]
}

import type { BgpPeer } from '../bgp/bgp-peer.ts'
import type { VirtualInterface } from './virtual-interface.ts'

/**
 * The XML that tells a customer's router what it needs, from which its configuration is generated. A virtual interface
 * with IPv6 alone has the elements of IPv6 alone.
 * @source behaviour catalogue F.2; the form for IPv6 alone is inferred
 */
export function customerRouterConfig(vif: VirtualInterface, peers: readonly BgpPeer[]): string {
  const elements: readonly (readonly [name: string, value: string | number])[] = [
    ['vlan', vif.vlan],
    ...sessionElements('', peerOf(peers, 'ipv4')),
    ...sessionElements('ipv6_', peerOf(peers, 'ipv6')),
    ['amazon_bgp_asn', vif.amazonSideAsn],
    ['connection_type', vif.type],
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<logical_connection id="${escape(vif.id)}">`,
    ...elements.map(([name, value]) => `  <${name}>${escape(String(value))}</${name}>`),
    '</logical_connection>',
    '',
  ].join('\n')
}

function peerOf(peers: readonly BgpPeer[], family: BgpPeer['addressFamily']): BgpPeer | undefined {
  return peers.find((peer) => peer.addressFamily === family)
}

function sessionElements(prefix: string, peer: BgpPeer | undefined): readonly (readonly [string, string | number])[] {
  if (peer === undefined) return []
  return [
    [`${prefix}customer_address`, peer.customerAddress],
    [`${prefix}amazon_address`, peer.amazonAddress],
    [`${prefix}bgp_asn`, peer.asn],
    [`${prefix}bgp_auth_key`, peer.authKey],
  ]
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

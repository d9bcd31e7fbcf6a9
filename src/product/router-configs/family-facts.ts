import type { AddressFamily } from '../addresses/cidr.ts'

export const familyNames: Readonly<Record<AddressFamily, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' }

/** The length of the longest prefix. */
export const longestPrefix: Readonly<Record<AddressFamily, number>> = { ipv4: 32, ipv6: 128 }

/** The network of all addresses, which is the default route as well. */
export const everything: Readonly<Record<AddressFamily, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' }

/** What stands for a network of the reader's. @source RFC 5737, RFC 3849 */
export const exampleNetworks: Readonly<Record<AddressFamily, string>> = {
  ipv4: '203.0.113.0/24',
  ipv6: '2001:db8:100::/48',
}

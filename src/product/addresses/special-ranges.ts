import { type Cidr, contains, parseCidr } from './cidr.ts'

const ranges = (...texts: readonly string[]): readonly Cidr[] =>
  texts.map(parseCidr).filter((range) => range !== undefined)

/** Of no host: this network, loopback, multicast, reserved; unspecified and loopback, link-local, multicast. */
const unusable = ranges('0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', '::/127', 'fe80::/10', 'ff00::/8')

/** RFC 1918, RFC 6598 and IPv4 link-local; IPv6 unique local. */
const notGlobal = ranges('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', 'fc00::/7')

/** Whether a router's interface can have addresses of this network. */
export function isUsable(cidr: Cidr): boolean {
  return !unusable.some((range) => contains(range, cidr))
}

/**
 * Whether a network is of the public internet. Ranges for documentation count, so that examples and tests need nobody's
 * real addresses.
 * @source design, section 8
 */
export function isPublic(cidr: Cidr): boolean {
  return isUsable(cidr) && !notGlobal.some((range) => contains(range, cidr))
}

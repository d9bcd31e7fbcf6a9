import { existsSync } from 'node:fs'

/** What has to be there, and the Debian package that brings it. */
const programs: readonly (readonly [path: string, debianPackage: string])[] = [
  ['/usr/sbin/ovs-vswitchd', 'openvswitch-switch'],
  ['/usr/sbin/ovsdb-server', 'openvswitch-switch'],
  ['/usr/lib/frr/zebra', 'frr'],
  ['/usr/lib/frr/bgpd', 'frr'],
  ['/usr/lib/frr/bfdd', 'frr'],
  ['/usr/sbin/ip', 'iproute2'],
  ['/usr/sbin/ethtool', 'ethtool'],
  ['/usr/sbin/nft', 'nftables'],
]

/** Longer paths than this do not fit in the address of a socket, with what we put behind them. */
const longestDirectory = 76

/** What this machine lacks to carry packets, in one line; null: nothing. */
export function whatIsMissing(directory: string, has: (path: string) => boolean = existsSync): string | null {
  const packages = new Set(programs.flatMap(([path, name]) => (has(path) ? [] : name)))
  const missing = [
    ...(process.platform === 'linux' ? [] : ['Linux']),
    ...(process.getuid?.() === 0 ? [] : ['root']),
    ...(packages.size === 0 ? [] : [`the Debian packages ${[...packages].join(', ')}`]),
    ...(has('/dev/net/tun') ? [] : ['the device /dev/net/tun']),
    ...(directory.length <= longestDirectory
      ? []
      : [`a shorter --data: ${directory} has ${directory.length} characters, and ${longestDirectory} fit`]),
  ]
  return missing.length === 0 ? null : `this machine lacks ${missing.join('; ')}`
}

import { existsSync } from 'node:fs'
import { LabError } from './lab-error.ts'

/** What a lab runs, by Debian's package, with a file that is there when the package is. */
const packages = [
  ['openvswitch-switch', '/usr/sbin/ovs-vswitchd'],
  ['frr', '/usr/lib/frr/bgpd'],
  ['iproute2', '/usr/sbin/ip'],
  ['ethtool', '/usr/sbin/ethtool'],
  ['nftables', '/usr/sbin/nft'],
  ['iputils-ping', '/usr/bin/ping'],
] as const

/** Throws LabError where this machine cannot have a lab; the message is one line that names all that is missing. */
export function checkNeeds(): void {
  if (process.platform !== 'linux') throw new LabError('a lab needs Linux: it is made of network namespaces')
  const absent = packages.filter(([, proof]) => !existsSync(proof)).map(([name]) => name)
  const missing = [
    ...(process.getuid?.() === 0 ? [] : ['root (try it with sudo)']),
    ...(absent.length === 0 ? [] : [`the packages ${absent.join(' ')}`]),
  ]
  if (missing.length > 0) throw new LabError(`a lab needs ${missing.join(', and ')}`)
}

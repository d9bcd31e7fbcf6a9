import { realpathSync } from 'node:fs'
import { fingerprint } from '../../product/fingerprint.ts'

/**
 * What the fabric calls things of the host. Everything that all namespaces share begins with a prefix that follows from
 * the installation's directory, so that several servers can run on one host and each finds its own again.
 */
export interface Names {
  /** Of every network namespace of this installation. */
  readonly prefix: string
  device(deviceId: string): string
  gateway(gatewayId: string): string
  vpc(vpcId: string): string
}

export function namesFor(directory: string): Names {
  const prefix = `xc-${fingerprint(realpathSync(directory)).slice(0, 8)}-`
  const named = (kind: string, id: string) => `${prefix}${kind}-${plain(id)}`
  return {
    prefix,
    device: (id) => named('device', id),
    gateway: (id) => named('gateway', id),
    vpc: (id) => named('vpc', id),
  }
}

/** Linux allows 15 characters in the name of an interface. */
const longestInterface = 15

/**
 * The interface that something of the product is, in a namespace of its own kind: its id, where that will do. A virtual
 * interface has the same name at the device and at the gateway; a bridge has that of its connection or LAG.
 */
export function interfaceOf(id: string): string {
  return id.length <= longestInterface && /^[a-z][\w-]*$/.test(id)
    ? id
    : `x${fingerprint(id)}`.slice(0, longestInterface)
}

/** Other letters than these could mean something where names are used. Ids that look alike then are told apart. */
function plain(id: string): string {
  const spelt = id.replaceAll(/[^\w.-]/g, '-').slice(0, 64)
  return spelt === id ? id : `${spelt}-${fingerprint(id).slice(0, 6)}`
}

import type { AddressFamily } from '../../addresses/cidr.ts'

/** How commands begin that are about a family. */
export function ip(family: AddressFamily): 'ip' | 'ipv6' {
  return family === 'ipv4' ? 'ip' : 'ipv6'
}

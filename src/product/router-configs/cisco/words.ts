import type { AddressFamily } from '../../addresses/cidr.ts'
import { remarks } from '../names.ts'

/** Where the command lines differ that speak of prefix lists and route maps in Cisco's words. */
export interface Dialect {
  /** In front of each command within a block. */
  readonly indent: string
  /** The AS path list of what came from us. */
  readonly learned: string
  /** The pattern of an AS path, and what follows it. */
  readonly asPath: (pattern: string) => string
  /** An entry of a prefix list is removed by its number alone; otherwise it has to be said as a whole. */
  readonly removesByNumber: boolean
  readonly prefixList: (family: AddressFamily, name: string) => PrefixListWords
}

/** How a prefix list is entered: by lines that name it, or by a block. */
export interface PrefixListWords {
  readonly opening: readonly string[]
  readonly indent: string
  /** In front of what an entry says. */
  readonly entry: string
}

export function namedInEachLine(family: AddressFamily, name: string): PrefixListWords {
  return { opening: [], indent: '', entry: `${ip(family)} prefix-list ${name} ` }
}

/** How commands begin that are about a family. */
export function ip(family: AddressFamily): 'ip' | 'ipv6' {
  return family === 'ipv4' ? 'ip' : 'ipv6'
}

export function commented(lines: readonly string[]): readonly string[] {
  return remarks('!', lines)
}

/** Ahead of a block, with a line of its own in front of it. */
export function section(title: string): readonly string[] {
  return ['!', `! ${title}`]
}

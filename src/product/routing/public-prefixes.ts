import { type AddressFamily, type Cidr, parseCidr, showCidr } from '../addresses/cidr.ts'
import { partitionOf } from '../arn.ts'
import type { Route } from './accepted.ts'

/**
 * The Regions, in an order that must not change: a Region's place says which prefixes it has. New ones go to the end.
 * @source behaviour catalogue H, endpoints
 */
const regions = `
  us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 ca-west-1 mx-central-1 sa-east-1
  eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3
  il-central-1 me-central-1 me-south-1 af-south-1
  ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2
  ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7
  us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1 eusc-de-east-1
`
  .trim()
  .split(/\s+/)

export function isRegion(name: string): boolean {
  return regions.includes(name)
}

/** The groups of Regions that customers may keep their routes to. @source behaviour catalogue E.2 */
const continents = [
  ['North America', /^(?:us|ca|mx)-/],
  ['South America', /^sa-/],
  ['Europe, Middle East and Africa', /^(?:eu|eusc|il|me|af)-/],
  ['Asia Pacific', /^(?:ap|cn)-/],
] as const

/**
 * One prefix of each family stands for all that a Region has: the benchmarking ranges of RFC 2544 and RFC 5180, a /22 and
 * a /56 a Region, so that nobody's real addresses are in a test.
 */
const pools = { ipv4: { pool: '198.18.0.0/15', length: 22 }, ipv6: { pool: '2001:2::/48', length: 56 } } as const

/** Three ASNs long, as AWS's paths are at least. */
const asPath: Route['asPath'] = [7224, 16509, 16509]

const families = ['ipv4', 'ipv6'] as const

const noExport = '65535:65281'

/**
 * What a public virtual interface announces: the prefixes of all Regions, each with the community that says how far it is
 * from the location. China and the European sovereign cloud are worlds of their own.
 * @source behaviour catalogue E.2
 */
export function publicRoutes(home: string, family: AddressFamily): readonly Route[] {
  return regions.flatMap((region, place) => {
    const distance = distanceBetween(home, region)
    if (distance === undefined) return []
    return [{ cidr: prefixAt(place, family), asPath, communities: [...scopes[distance].mark, noExport], med: null }]
  })
}

function isReachable(home: string, region: string): boolean {
  const [here, there] = [partitionOf(home), partitionOf(region)]
  return here === there || (!closed.has(here) && !closed.has(there))
}

const closed = new Set(['aws-cn', 'aws-eusc'])

/** How far what is public in a Region is from a location, or a customer's route has to go to be known there. */
export const distances = ['region', 'continent', 'world'] as const
export type Distance = (typeof distances)[number]

/** With what we mark our prefixes, and with what customers keep their own from going so far. @source behaviour catalogue E.2 */
export const scopes: Readonly<
  Record<Distance, { readonly mark: readonly string[]; readonly keptBack: readonly string[] }>
> = {
  region: { mark: ['7224:8100'], keptBack: [] },
  continent: { mark: ['7224:8200'], keptBack: ['7224:9100'] },
  world: { mark: [], keptBack: ['7224:9100', '7224:9200'] },
}

/** How far it is from a location in one Region to what is public in another; undefined: they are worlds apart. */
export function distanceBetween(home: string, region: string): Distance | undefined {
  if (!isReachable(home, region)) return undefined
  if (home === region) return 'region'
  return continentOf(home) === continentOf(region) ? 'continent' : 'world'
}

/**
 * Whether a customer's prefix that is announced at a location in the Region `home` is known to what is public in another.
 * Of several communities the one that keeps it nearest counts; no source says so.
 * @source behaviour catalogue E.2
 */
export function isKnownIn(region: string, home: string, { communities }: Pick<Route, 'communities'>): boolean {
  const distance = distanceBetween(home, region)
  return distance !== undefined && !scopes[distance].keptBack.some((community) => communities.includes(community))
}

/** A part of what is public, to all of which the same routes of customers are known. */
export interface PublicSide {
  readonly name: string
  /** One of its Regions; what is true of it is of all. */
  readonly region: string
  readonly cidrs: readonly string[]
}

/**
 * What can be reached from locations in some Regions, in parts: each of these Regions is one, and on each continent all
 * others are one together.
 */
export function publicSides(homes: ReadonlySet<string>): readonly PublicSide[] {
  const reachable = regions.filter((region) => [...homes].some((home) => isReachable(home, region)))
  const parts = Map.groupBy(reachable, (region) => {
    if (homes.has(region)) return region
    const partition = partitionOf(region)
    return `elsewhere in ${closed.has(partition) ? partition : continentOf(region)}`
  })
  return [...parts].map(([name, [region = '', ...others]]) => ({
    name,
    region,
    cidrs: [region, ...others].flatMap((each) => families.map((family) => prefixAt(regions.indexOf(each), family))),
  }))
}

function continentOf(region: string): string | undefined {
  return continents.find(([, form]) => form.test(region))?.[0]
}

/** By place, worked out when they are first asked for. */
const prefixes: { [family in AddressFamily]?: readonly string[] } = {}

function prefixAt(place: number, family: AddressFamily): string {
  prefixes[family] ??= prefixesOf(family)
  return prefixes[family][place] ?? ''
}

function prefixesOf(family: AddressFamily): readonly string[] {
  const { pool, length } = pools[family]
  const base: Cidr | undefined = parseCidr(pool)
  if (base === undefined) throw new Error('a pool that cannot be read')
  const size = 1n << BigInt((family === 'ipv4' ? 32 : 128) - length)
  return regions.map((_, place) => showCidr({ family, address: base.address + BigInt(place) * size, length }))
}

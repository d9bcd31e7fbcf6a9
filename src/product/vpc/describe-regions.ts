import { partitionOf } from '../arn.ts'
import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { invalid } from './faults.ts'
import { type Fields, type Filter, selected } from './filters.ts'

export interface DescribeRegionsInput {
  readonly RegionName?: readonly string[] | undefined
  readonly AllRegions?: boolean | undefined
  readonly Filter?: readonly Filter[] | undefined
}

/** That of the call, and those that have locations of Direct Connect, of the caller's partition. */
export async function DescribeRegions(
  snapshot: Snapshot,
  { RegionName: names = [], Filter: filters }: DescribeRegionsInput,
): Promise<Decision<{ readonly regionInfo: readonly ReturnType<typeof show>[] }>> {
  const { region: here } = snapshot.caller
  const locations = await snapshot.list('location', 'all', '*')
  const regions = [...new Set([here, ...locations.map(({ region }) => region)])]
    .filter((region) => partitionOf(region) === partitionOf(here))
    .toSorted()
    .map((name): Region => ({ name }))
  const unknown = names.find((asked) => !regions.some(({ name }) => name === asked))
  if (unknown !== undefined) throw invalid('regionName', unknown, 'There is no such Region.')
  const named = names.length === 0 ? regions : regions.filter(({ name }) => names.includes(name))
  return answer({ regionInfo: selected(named, filters, fields).map(show) })
}

interface Region {
  readonly name: string
  readonly tags?: never
}

const optInStatus = 'opt-in-not-required'

const fields: Fields<Region> = {
  'region-name': ({ name }) => name,
  endpoint: endpointOf,
  'opt-in-status': () => optInStatus,
}

function endpointOf({ name }: Region): string {
  return `ec2.${name}.amazonaws.com${partitionOf(name) === 'aws-cn' ? '.cn' : ''}`
}

function show(region: Region) {
  return { regionName: region.name, regionEndpoint: endpointOf(region), optInStatus }
}

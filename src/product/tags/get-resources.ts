import { quote } from '../../contract/quote.ts'
import { partitionOf } from '../arn.ts'
import { Fault } from '../fault.ts'
import { hasEnded } from '../lifecycle.ts'
import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { taggedResources } from '../vpc/tagged.ts'
import type { Tags } from './rules.ts'

export interface GetResourcesInput {
  readonly PaginationToken?: string | undefined
  readonly TagFilters?:
    | readonly { readonly Key?: string | undefined; readonly Values?: readonly string[] | undefined }[]
    | undefined
  readonly ResourcesPerPage?: number | undefined
  readonly TagsPerPage?: number | undefined
  /** A service, such as `directconnect`, or one of its types, such as `directconnect:dxcon`. */
  readonly ResourceTypeFilters?: readonly string[] | undefined
  readonly ResourceARNList?: readonly string[] | undefined
}

export interface Resources {
  /** Empty: there is no more. */
  readonly PaginationToken: string
  readonly ResourceTagMappingList: readonly {
    readonly ResourceARN: string
    readonly Tags: readonly { readonly Key: string; readonly Value: string }[]
  }[]
}

/**
 * Whatever the caller owns in the Region of the call and has tagged, ordered by ARN. Direct Connect gateways and resiliency
 * groups are of no Region: they are found in each.
 * @source the Resource Groups Tagging API's model
 */
export async function GetResources(snapshot: Snapshot, input: GetResourcesInput): Promise<Decision<Resources>> {
  const after = positionIn(snapshot, input)
  const holds = conditionOf(input)
  const tagged = (await resources(snapshot)).filter((resource) => resource.tags.length > 0 && holds(resource))
  const rest = tagged
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1))
    .filter(({ arn }) => after === undefined || arn > after)
  const page = rest.slice(0, pageLength(rest, input))
  const last = page.at(-1)
  const more = last !== undefined && rest.length > page.length
  return answer({
    PaginationToken: more ? snapshot.tokens.seal(JSON.stringify([listName(snapshot), last.arn])) : '',
    ResourceTagMappingList: page.map(({ arn, tags }) => ({
      ResourceARN: arn,
      Tags: tags.map(({ key, value }) => ({ Key: key, Value: value ?? '' })),
    })),
  })
}

interface Resource {
  readonly arn: string
  /** Such as `directconnect:dxcon`. */
  readonly type: string
  readonly tags: Tags
}

async function resources(snapshot: Snapshot): Promise<readonly Resource[]> {
  const { accountId, region } = snapshot.caller
  const here = `${accountId} ${region}`
  const of = (service: string, type: string, at: string) => (record: { readonly id: string; readonly tags: Tags }) => ({
    arn: `arn:${partitionOf(region)}:${service}:${at}:${accountId}:${type}/${record.id}`,
    type: `${service}:${type}`,
    tags: record.tags,
  })
  const alive = (record: Parameters<typeof hasEnded>[0]) => !hasEnded(record, snapshot.now)
  const connections = [
    ...(await snapshot.list('connection', 'owner', here)),
    ...(await snapshot.list('connection', 'interconnects', here)),
  ]
  const lags = await snapshot.list('lag', 'owner', here)
  const interfaces = await snapshot.list('virtual-interface', 'party', here)
  const gateways = await snapshot.list('gateway', 'owner', accountId)
  const groups = await snapshot.list('resiliency-group', 'owner', accountId)
  return [
    ...connections.filter(alive).map(of('directconnect', 'dxcon', region)),
    ...lags.filter(alive).map(of('directconnect', 'dxlag', region)),
    ...interfaces
      .filter((vif) => vif.ownerAccount === accountId && alive(vif))
      .map(of('directconnect', 'dxvif', region)),
    ...gateways.filter(alive).map(of('directconnect', 'dx-gateway', '')),
    ...groups.filter(alive).map(of('directconnect', 'dx-resiliency-group', '')),
    ...(await taggedResources(snapshot)).map((record) => of('ec2', record.type, region)(record)),
  ]
}

function conditionOf(input: GetResourcesInput): (resource: Resource) => boolean {
  const { TagFilters: filters = [], ResourceTypeFilters: types = [], ResourceARNList: arns } = input
  const keyless = filters.findIndex(({ Key }) => Key === undefined || Key === '')
  if (keyless !== -1) throw refuse(`TagFilters[${keyless}].Key is required`)
  if (filters.length > 50) throw refuse('TagFilters can have at most 50 entries')
  const crowded = filters.findIndex(({ Values = [] }) => Values.length > 20)
  if (crowded !== -1) throw refuse(`TagFilters[${crowded}].Values can have at most 20 entries`)
  const malformed = types.find((type) => !/^[\w-]+(:[\w/-]+)?$/.test(type))
  if (malformed !== undefined)
    throw refuse(`${quote(malformed)} is not a resource type: it must be service[:resourceType]`)
  const named = arns === undefined ? undefined : new Set(arns)
  const wanted = new Set(types)
  return ({ arn, type, tags }) =>
    (named === undefined || named.has(arn)) &&
    (wanted.size === 0 || wanted.has(type) || wanted.has(type.slice(0, type.indexOf(':')))) &&
    filters.every(({ Key, Values = [] }) =>
      tags.some(({ key, value }) => key === Key && (Values.length === 0 || Values.includes(value ?? ''))),
    )
}

/** As many as both limits allow, and one at least; a resource without tags counts as one tag. */
function pageLength(resources: readonly Resource[], input: GetResourcesInput): number {
  const { ResourcesPerPage: most = 100, TagsPerPage: mostTags } = input
  if (most < 1 || most > 100) throw refuse(`Invalid value ${most} for ResourcesPerPage: it must be within 1 to 100`)
  if (mostTags === undefined) return most
  if (mostTags < 100 || mostTags > 500 || mostTags % 100 !== 0)
    throw refuse(`Invalid value ${mostTags} for TagsPerPage: it must be 100, 200, 300, 400 or 500`)
  let tags = 0
  const full = resources.findIndex((resource) => (tags += resource.tags.length) > mostTags)
  return Math.min(most, full === -1 ? most : full)
}

function positionIn(snapshot: Snapshot, input: GetResourcesInput): string | undefined {
  const { PaginationToken: token = '', ResourceARNList: arns } = input
  const paged = token !== '' || input.ResourcesPerPage !== undefined || input.TagsPerPage !== undefined
  if (arns !== undefined && paged) throw refuse('ResourceARNList cannot be combined with pages')
  if (arns !== undefined && (arns.length < 1 || arns.length > 100))
    throw refuse('ResourceARNList must have 1 to 100 entries')
  if (token === '') return undefined
  const text = snapshot.tokens.open(token)
  // What is signed is ours, but tokens of other lists are too; they begin with other names.
  const [list, arn] = text === undefined ? [] : (JSON.parse(text) as [string, string])
  if (list !== listName(snapshot) || arn === undefined)
    throw new Fault('PaginationTokenExpiredException', 'The PaginationToken is not one that this list returned')
  return arn
}

function listName({ caller }: Snapshot): string {
  return `${caller.accountId} ${caller.region} resources`
}

function refuse(message: string): Fault {
  return new Fault('InvalidParameterException', message)
}

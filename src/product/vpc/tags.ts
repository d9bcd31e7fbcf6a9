import { quote } from '../../contract/quote.ts'
import type { Tags } from '../tags/rules.ts'
import { invalid, refuse } from './faults.ts'

export interface TagInput {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

export interface TagSpecification {
  readonly ResourceType?: string | undefined
  readonly Tag?: readonly TagInput[] | undefined
}

const maximum = 50

/** The tags that a new resource of a type is made with. */
export function tagsFor(type: string, specifications: readonly TagSpecification[] | undefined): Tags {
  const others = (specifications ?? []).find(({ ResourceType }) => ResourceType !== type)
  if (others !== undefined)
    throw refuse(
      'InvalidParameterValue',
      `${quote(others.ResourceType ?? '')} is not a valid taggable resource type for this operation.`,
    )
  return withTags(
    [],
    (specifications ?? []).flatMap(({ Tag }) => Tag ?? []),
  )
}

/** The tags of a resource after some were put on it: the same key is overwritten. */
export function withTags(present: Tags, added: readonly TagInput[]): Tags {
  const tags = new Map(present.map((tag) => [tag.key, tag.value ?? '']))
  const seen = new Set<string>()
  for (const { Key: key = '', Value: value = '' } of added) {
    if ([...key].length < 1 || [...key].length > 127)
      throw invalid('tag.key', key, 'Tag keys have 1 to 127 characters.')
    if ([...value].length > 255) throw invalid('tag.value', value, 'Tag values have at most 255 characters.')
    if (key.toLowerCase().startsWith('aws:'))
      throw refuse('InvalidParameterValue', "Tag keys starting with 'aws:' are reserved for internal use")
    if (seen.has(key)) throw refuse('InvalidParameterValue', `Duplicate tag key ${quote(key)} specified.`)
    seen.add(key)
    tags.set(key, value)
  }
  if (tags.size > maximum) throw refuse('TagLimitExceeded', `More than ${maximum} tags were specified for the resource`)
  return [...tags].map(([key, value]) => ({ key, value }))
}

/** The tags that are left after some were taken off: a key with no value goes whatever its value is. */
export function withoutTags(present: Tags, gone: readonly TagInput[]): Tags {
  return present.filter(
    (tag) => !gone.some(({ Key, Value }) => Key === tag.key && (Value === undefined || Value === tag.value)),
  )
}

export function showTags(tags: Tags) {
  return tags.map(({ key, value }) => ({ key, value: value ?? '' }))
}

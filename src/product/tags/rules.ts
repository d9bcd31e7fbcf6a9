import type { Shape } from '../../contract/types.ts'
import { Fault, refuse } from '../fault.ts'

export type Tags = readonly Shape<'Tag'>[]

const maximum = 50

/**
 * The tags of a new resource. Lengths and characters are the contract's affair.
 * @source behaviour catalogue C.5
 */
export function checkedTags(tags: Tags | undefined): Tags {
  return withTags([], tags ?? [])
}

/** The tags of a resource after some were put on it: the same key is overwritten, the order is that of arrival. */
export function withTags(present: Tags, added: Tags): Tags {
  const keys = new Set(added.map((tag) => tag.key))
  if (keys.size < added.length) throw new Fault('DuplicateTagKeysException', 'A tag key was specified more than once.')
  const reserved = added.find((tag) => tag.key.toLowerCase().startsWith('aws:'))
  if (reserved !== undefined)
    throw refuse(`Invalid value '${reserved.key}' for tags.key: keys that begin with aws: are reserved`)
  const tags = new Map(present.map((tag) => [tag.key, tag]))
  for (const { key, value } of added) tags.set(key, { key, value: value ?? '' })
  if (tags.size > maximum)
    throw new Fault('TooManyTagsException', `A resource can have at most ${maximum} tags; this makes ${tags.size}.`)
  return [...tags.values()]
}

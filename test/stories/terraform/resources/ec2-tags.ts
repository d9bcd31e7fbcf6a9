import { CreateTagsCommand, DeleteTagsCommand, type ResourceType, type Tag } from '@aws-sdk/client-ec2'
import type { Tagging } from '../../../tools/terraform.ts'
import type { Provider, TagMap } from '../../../tools/terraform-provider.ts'

const listed = (tags: TagMap) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

export function newTags(type: ResourceType, tags: TagMap = {}) {
  const Tags = listed(tags)
  return Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: type, Tags }] }
}

export const tagsOf = (tags: readonly Tag[] = []): TagMap =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))

export const tagging: Tagging<object> = {
  async write({ ec2 }, _seen, id, set, removed) {
    if (removed.length > 0)
      await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: removed.map((Key) => ({ Key })) }))
    const Tags = listed(set)
    if (Tags.length > 0) await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }))
  },
}

export const arn = (provider: Provider, accountId: string, resource: string) =>
  `arn:${provider.partition}:ec2:${provider.region}:${accountId}:${resource}`

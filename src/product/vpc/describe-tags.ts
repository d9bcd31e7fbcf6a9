import { answer, type Decision } from '../operation.ts'
import type { Snapshot } from '../snapshot.ts'
import { type Fields, type Filter, selected } from './filters.ts'
import { type PageInput, pageOf } from './pages.ts'
import { taggedResources } from './tagged.ts'

export interface DescribeTagsInput extends PageInput {
  readonly Filter?: readonly Filter[] | undefined
}

/** One row for each tag of each resource. */
export async function DescribeTags(
  snapshot: Snapshot,
  input: DescribeTagsInput,
): Promise<Decision<{ readonly tagSet: readonly ReturnType<typeof show>[]; readonly nextToken: string | undefined }>> {
  const rows = (await taggedResources(snapshot)).flatMap((resource) =>
    resource.tags.map((tag) => ({
      // A page may end between two tags of one resource.
      id: `${resource.id} ${tag.key}`,
      createdAt: resource.createdAt,
      resourceId: resource.id,
      resourceType: resource.type,
      tags: [tag],
    })),
  )
  const ordered = rows.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  const { records, nextToken } = pageOf(snapshot, 'tags', selected(ordered, input.Filter, fields), input)
  return answer({ tagSet: records.map(show), nextToken })
}

interface Row {
  readonly id: string
  readonly createdAt: number
  readonly resourceId: string
  readonly resourceType: string
  readonly tags: readonly { readonly key: string; readonly value?: string | undefined }[]
}

const fields: Fields<Row> = {
  'resource-id': (row) => row.resourceId,
  'resource-type': (row) => row.resourceType,
  key: ({ tags }) => tags.map(({ key }) => key),
  value: ({ tags }) => tags.map(({ value }) => value ?? ''),
}

function show({ resourceId, resourceType, tags }: Row) {
  return { resourceId, resourceType, key: tags[0]?.key, value: tags[0]?.value ?? '' }
}

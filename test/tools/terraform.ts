// Terraform itself, as far as its provider's acceptance tests need it: it applies a configuration, refreshes, plans, imports
// and destroys, and expects each time that what was sent is what is read.
import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { Provider, TagMap } from './terraform-provider.ts'

/** What makes the id known, and whatever else the first read has to know. */
export interface Start<Seen> {
  readonly id: string
  readonly known?: Partial<Seen>
}

/** Attributes bear the names of Terraform's schema. */
export interface Resource<Config extends Tagged, Seen extends object> {
  readonly type: `aws_${string}`
  /** Attributes that have a value also when they are not configured. Those that are computed are not among them. */
  readonly defaults: Partial<Config>
  readonly create: (provider: Provider, config: Config) => Promise<Start<Seen>>
  /** @returns undefined: gone */
  readonly read: (
    provider: Provider,
    id: string,
    known: Partial<Config> & Partial<Seen>,
  ) => Promise<(Seen & Tagged) | undefined>
  /** Attributes that change in place; all others force a new resource. */
  readonly inPlace?: readonly (keyof Config)[]
  /** Called for every change, also if only tags have. */
  readonly update?: (provider: Provider, id: string, after: Config & Seen, before: Config & Seen) => Promise<void>
  /** Absent: the provider makes no call. */
  readonly delete?: (provider: Provider, id: string, state: Config & Seen) => Promise<void>
  /** From what the user names to what a read needs. */
  readonly import?: (provider: Provider, named: string) => Promise<Start<Seen>>
  readonly tagging?: Tagging<Seen>
}

/** What a `read` of this kind answers. */
// oxlint-disable-next-line typescript/no-explicit-any -- whatever it takes
export type SeenBy<Read extends (...known: any[]) => Promise<object | undefined>> = NonNullable<
  Awaited<ReturnType<Read>>
>

interface Tagged {
  readonly tags?: TagMap
}

/** A configuration without tags. */
export interface Untagged {
  readonly tags?: never
}

export interface Tagging<Seen> {
  /** Absent: `read` brings them. */
  readonly read?: (provider: Provider, seen: Seen, id: string) => Promise<TagMap>
  /** Only what is new or has another value is set, only what is not any more is removed. */
  readonly write: (provider: Provider, seen: Seen, id: string, set: TagMap, removed: readonly string[]) => Promise<void>
}

/** A resource in Terraform's state. */
export interface Managed<Config extends Tagged, Seen extends object> {
  readonly state: () => Seen & Config & { readonly id: string }
  /** After a refresh: the attributes that would change, or that it would be made anew. */
  readonly plan: () => Promise<readonly string[] | 'create'>
  /** Applies another configuration of the same resource. */
  readonly update: (changes: Partial<Config>) => Promise<void>
  /** The import of what there is makes the state that there is, but for what cannot be read. */
  readonly import: (options?: {
    readonly named?: string
    readonly but?: readonly (keyof Config | keyof Seen)[]
  }) => Promise<void>
  readonly destroy: () => Promise<void>
}

/** `terraform apply` of one new resource; what was configured is what is read. */
export async function apply<Config extends Tagged, Seen extends object>(
  provider: Provider,
  resource: Resource<Config, Seen>,
  configured: NoInfer<Config>,
): Promise<Managed<Config, Seen>> {
  let config: Config = { ...resource.defaults, ...configured }
  const { id, known } = await resource.create(provider, config)
  assert.ok(id !== '', `${resource.type} was lost: it has no id`)
  let state = await refreshed({ ...config, ...known })
  assert.ok(state !== undefined, `${resource.type} ${id}: gone on the read that follows its creation`)
  agrees()

  async function refreshed(known: Partial<Config> & Partial<Seen>) {
    const seen = await resource.read(provider, id, known)
    if (seen === undefined) return undefined
    const tags = (await resource.tagging?.read?.(provider, seen, id)) ?? seen.tags ?? {}
    return { ...config, ...seen, tags, id }
  }

  function current() {
    assert.ok(state !== undefined, `${resource.type} ${id} is not in the state`)
    return state
  }

  function differences(): readonly string[] {
    const planned = { tags: {}, ...config }
    return Object.entries(planned).flatMap(([name, value]) => {
      const read = Object.entries(current()).find(([other]) => other === name)?.[1]
      return isDeepStrictEqual(read, value) ? [] : [`${name}: ${shown(read)} -> ${shown(value)}`]
    })
  }

  function agrees(): void {
    assert.deepEqual(differences(), [], `${resource.type} ${id}: a plan after the apply is not empty`)
  }

  return {
    state: current,
    async plan() {
      state = await refreshed(current())
      return state === undefined ? 'create' : differences()
    },
    async update(changes) {
      const before = current()
      const changed = Object.keys(changes).filter((name) => name !== 'tags')
      const forced = changed.filter((name) => !resource.inPlace?.some((known) => known === name))
      assert.deepEqual(forced, [], `${resource.type}: a change of these forces a new resource`)
      config = { ...config, ...changes }
      if (changes.tags !== undefined) {
        const present: TagMap = before.tags
        const set = Object.entries(changes.tags).filter(([key, value]) => present[key] !== value)
        const removed = Object.keys(present).filter((key) => changes.tags?.[key] === undefined)
        assert.ok(resource.tagging !== undefined, `${resource.type} has no tags`)
        await resource.tagging.write(provider, before, id, Object.fromEntries(set), removed)
      }
      await resource.update?.(provider, id, { ...before, ...changes }, before)
      state = await refreshed({ ...before, ...changes })
      agrees()
    },
    async import({ named = id, but = [] } = {}) {
      assert.ok(resource.import !== undefined, `${resource.type} cannot be imported`)
      const imported = await resource.import(provider, named)
      assert.equal(imported.id, id)
      const seen = await resource.read(provider, id, { ...imported.known })
      assert.ok(seen !== undefined, `${resource.type} ${id}: Cannot import non-existent remote object`)
      const tags = (await resource.tagging?.read?.(provider, seen, id)) ?? seen.tags ?? {}
      assert.deepEqual(without({ ...resource.defaults, ...seen, tags, id }, but), without(current(), but))
    },
    async destroy() {
      const last = current()
      await resource.delete?.(provider, id, last)
      state = undefined
      if (resource.delete === undefined) return
      // Some deletes are not waited for.
      await provider.server.advance(300)
      assert.equal(await resource.read(provider, id, last), undefined, `${resource.type} ${id} still exists`)
    },
  }
}

function without(state: object, names: readonly PropertyKey[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(state).filter(([name, value]) => !names.includes(name) && value !== undefined),
  )
}

function shown(value: unknown): string {
  return JSON.stringify(value instanceof Set ? [...value] : value)
}

import type { Kind, Stored } from '../../src/product/kind.ts'
import { kinds } from '../../src/product/kinds.ts'
import { reached } from '../../src/product/lifecycle.ts'
import type { Change } from '../../src/product/operation.ts'
import { timings } from '../../src/product/settings.ts'
import type { Snapshot } from '../../src/product/snapshot.ts'

/**
 * A snapshot of what some changes would leave in an empty store, for rules that have an input space too large for a
 * server a case. It answers reads; it knows no fabric and no tokens.
 */
export function snapshotAfter(changes: readonly Change[], settings: Partial<Snapshot> = {}): Snapshot {
  const now = settings.now ?? 0
  const records = changes.flatMap((change) => (change.do === 'erase' ? [] : [change]))
  // The list of kinds is typed kind by kind; here, as in a store, each is only asked about records of its own.
  const definitionOf = (kind: string) => (kinds as unknown as Readonly<Record<string, Kind<Stored>>>)[kind]
  // oxlint-disable-next-line typescript/no-explicit-any -- what was saved under a kind is of that kind
  const find = (kind: string, holds: (record: any) => boolean): any[] =>
    records.filter((change) => change.kind === kind && holds(change.record)).map(({ record }) => record)
  let drawn = 0

  return {
    now,
    caller: { accountId: '111122223333', region: 'us-east-1' },
    settings: {
      timing: timings.instant,
      provisioning: 'automatic',
      quotas: 'aws',
      ipv6Block: '2001:db8::/48',
      anyAccount: true,
      externalGateways: false,
      publicUrl: 'http://127.0.0.1:7224',
    },
    id: (prefix) => `${prefix}-f${String(++drawn).padStart(7, '0')}`,
    uuid: () => `00000000-0000-4000-8000-${String(++drawn).padStart(12, '0')}`,
    random: (count) => new Uint8Array(count),
    observe: () => Promise.reject(new Error('this snapshot has no fabric')),
    tokens: { seal: (text) => text, open: (text) => text },
    get: async (kind, id) => find(kind, (record) => record.id === id)[0],
    getAll: async (kind, ids) => find(kind, (record) => ids.includes(record.id)),
    async list(kind, set, values, page) {
      const wanted = new Set([values].flat())
      const all = find(kind, (record) => {
        const under = [definitionOf(kind)?.sets(record)[set] ?? []].flat()
        return under.some((value) => wanted.has(value)) && !reached(definitionOf(kind)?.hiddenFrom(record) ?? null, now)
      })
      return all.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)).slice(0, page?.limit)
    },
    async nesting(kind, set, wanted) {
      const all = find(kind, () => true)
      const nests = (value: string, id: string, hiddenFrom: number | null) =>
        wanted.some(
          (each) =>
            each.id !== id &&
            !reached(hiddenFrom, Math.min(each.shownAt ?? now, now)) &&
            value.startsWith(each.scope) &&
            (value.startsWith(each.value) || each.value.startsWith(value)),
        )
      return all
        .filter((record) => {
          const hiddenFrom = definitionOf(kind)?.hiddenFrom(record) ?? null
          const values = [definitionOf(kind)?.sets(record)[set] ?? []].flat()
          return values.some((value) => nests(value, record.id, hiddenFrom))
        })
        .map(({ id }) => String(id))
    },
    async isClaimed(scope, key) {
      return (await this.claimed(scope)).has(key)
    },
    async claimed(scope) {
      const held = records.flatMap(({ kind, record }) =>
        (definitionOf(kind)?.claims(record) ?? [])
          .filter((claim) => claim.scope === scope && !reached(claim.until, now))
          .map((claim): [string, string] => [claim.key, `${kind} ${record.id}`]),
      )
      return new Map(held)
    },
    async claimEdges(scope, prefix, limit) {
      const keys = records
        .flatMap(({ kind, record }) => definitionOf(kind)?.claims(record) ?? [])
        .filter((claim) => claim.scope === scope && claim.key.startsWith(prefix))
      const freed = keys.filter(({ until }) => reached(until, now)).map(({ key }) => key)
      return {
        last: keys
          .map(({ key }) => key)
          .toSorted()
          .at(-1),
        freed: freed.toSorted().slice(0, limit),
      }
    },
    ...settings,
  }
}

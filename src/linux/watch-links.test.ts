import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { linuxTools, ownNamespaces } from '../../test/tools/linux.ts'
import { until } from '../../test/tools/until.ts'
import { addPair, deleteLink, ipBatch } from './links.ts'
import { ensureNamespace } from './namespaces.ts'
import { watchLinks } from './watch-links.ts'

test(
  'whoever follows a namespace knows within a moment that a carrier has gone, and that it is back',
  linuxTools,
  async () => {
    await using names = ownNamespaces()
    const [a, b] = [names.of('a'), names.of('b')]
    await Promise.all([ensureNamespace(a), ensureNamespace(b)])
    await addPair(
      { namespace: a, name: 'east', mtu: 1500, up: true },
      { namespace: b, name: 'west', mtu: 1500, up: true },
    )
    const watch = await watchLinks(b)
    try {
      const carrier = () => watch.links().get('west')?.carrier
      assert.equal(carrier(), true)
      for (const up of [false, true, false]) {
        await ipBatch(a, [`link set east ${up ? 'up' : 'down'}`])
        await until(() => carrier() === up, 2_000, 2)
      }
      await deleteLink(a, 'east')
      await until(() => !watch.links().has('west'))
    } finally {
      watch.end()
    }
  },
)

test('a watcher that is killed is followed by another, which misses nothing', linuxTools, async () => {
  await using names = ownNamespaces()
  const a = names.of('a')
  await ensureNamespace(a)
  const watch = await watchLinks(a)
  try {
    process.kill(watcherIn(a), 'SIGKILL')
    await addPair(
      { namespace: a, name: 'east', mtu: 1500, up: true },
      { namespace: a, name: 'west', mtu: 1500, up: true },
    )
    await until(() => watch.links().has('west'))
    await deleteLink(a, 'east')
    await until(() => !watch.links().has('west'))
  } finally {
    watch.end()
  }
})

/** A child of this process. */
function watcherIn(namespace: string): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(namespace))
  return Number(found)
}

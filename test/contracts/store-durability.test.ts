// When what a store was told is kept, what happens if it cannot be, and what others see meanwhile.
import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Change, create, erase, save } from '../../src/product/operation.ts'
import { ClaimTaken, NotDurable, type Store, type Writing } from '../../src/store/store.ts'
import { skipWithout } from '../tools/clients.ts'
import { ext4Disk } from '../tools/ext4-disk.ts'
import { gateway, implementations, nextTurn, opened, type SmallDisk, smallDisk, virtualInterface } from './stores.ts'

const now = 10_000
const keep = (store: Store, ...changes: readonly Change[]) => store.write((writing) => writing.save(changes, now))
const names = async (store: Store) =>
  (await store.read((reading) => reading.at(now).list('gateway', 'all', '*'))).map(({ name }) => name)
const blob = (bytes: number) => 'x'.repeat(bytes)

using probe = smallDisk(1)
const withSmallDisk = skipWithout('a store on a full disk', probe?.directory)

test('sqlite: its log is emptied again and again although somebody always reads', async () => {
  const implementation = implementations.find((each) => each.name === 'sqlite')
  assert.ok(implementation !== undefined)
  await using world = await opened(implementation)
  // It is emptied from 64 MB on.
  for (let written = 0; written < 400; written++) {
    await keep(world.store, save('gateway', gateway('a', { name: String(written % 10).repeat(1024 * 1024) })))
    await names(world.store)
  }
  assert.ok(statSync(join(world.directory, 'crossconnect.sqlite-wal')).size < 200 * 1024 * 1024)
})

test('sqlite: of many who write at once the first are answered before the last have run, and others are served meanwhile', async () => {
  const implementation = implementations.find((each) => each.name === 'sqlite')
  assert.ok(implementation !== undefined)
  await using world = await opened(implementation)
  const events: string[] = []
  const all = Array.from({ length: 200 }, async (_, turn) => {
    await world.store.write(async (writing) => {
      for (const begun = performance.now(); performance.now() - begun < 0.5; );
      events.push(`${turn} ran`)
      await writing.save([create('gateway', gateway(`${turn}`))], now)
    })
    events.push(`${turn} answered`)
  })
  setImmediate(() => events.push('another'))
  await Promise.all(all)
  assert.ok(events.indexOf('0 answered') < events.indexOf('199 ran'), 'the first waits for the last')
  assert.ok(events.indexOf('another') < events.indexOf('20 ran'), 'others wait for all who write')
  assert.equal((await names(world.store)).length, 200)
})

using probedExt4 = ext4Disk({ journal: false })

test('sqlite: a commit that does not reach the disk answers nobody and shows nothing, and the store works on', {
  ...skipWithout('a disk that fails to take what it is sent', probedExt4?.directory),
}, async () => {
  using room = requireDisk(smallDisk(64))
  using disk = ext4Disk({ inside: room.directory, journal: false })
  const implementation = implementations.find((each) => each.name === 'sqlite')
  assert.ok(implementation !== undefined && disk !== undefined)
  await using world = await opened(implementation, `${disk.directory}/data`)
  const { store } = world
  await keep(store, create('gateway', gateway('before')))
  // The log has room of its own on the file system, but what is beneath has none for it.
  room.fill(0)
  const large = (id: string) => create('gateway', gateway(id, { name: blob(2_000_000) }))
  await assert.rejects(keep(store, large('a')), NotDurable)
  assert.deepEqual(await names(store), ['Gateway before'])
  await assert.rejects(keep(store, large('b')), NotDurable)
  room.free()
  await keep(store, create('gateway', gateway('after')))
  const seen = await names(store)
  await world.reopen()
  assert.deepEqual(await names(world.store), seen)
  assert.ok(seen.includes('Gateway before') && seen.includes('Gateway after'))
})

for (const implementation of implementations) {
  const { name } = implementation

  test(`${name}: an attempt that fails is undone alone, also inside another one`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    await world.store.write(async (writing) => {
      await writing.save([create('gateway', gateway('a'))], now)
      const failed = writing.attempt(async () => {
        await writing.save([create('gateway', gateway('b'))], now)
        await writing.attempt(() => writing.save([create('gateway', gateway('c'))], now))
        await assert.rejects(
          writing.attempt(async () => {
            await writing.save([create('gateway', gateway('d'))], now)
            throw new Error('inner')
          }),
          /inner/,
        )
        assert.equal((await writing.at(now).getAll('gateway', ['a', 'b', 'c', 'd'])).length, 3, 'it sees what it saved')
        throw new Error('outer')
      })
      await assert.rejects(failed, /outer/)
      await writing.save([create('gateway', gateway('e'))], now)
    })
    assert.deepEqual(await names(world.store), ['Gateway a', 'Gateway e'])
  })

  test(`${name}: what a write has read is read anew after it was saved, and after that was undone`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const { store } = world
    const read = (writing: Writing) =>
      Promise.all([writing.at(now).get('gateway', 'a'), writing.at(now).list('gateway', 'all', '*')]).then(
        ([one, all]) => `${one?.name} of ${all.length}`,
      )
    await store.write(async (writing) => {
      assert.equal(await read(writing), 'undefined of 0')
      const undone = writing.attempt(async () => {
        // The first that is saved in an attempt, the second in one inside it.
        await writing.save([create('gateway', gateway('a', { name: 'first' }))], now)
        assert.equal(await read(writing), 'first of 1')
        const inner = writing.attempt(async () => {
          await writing.save([save('gateway', gateway('a', { name: 'second' }))], now)
          assert.equal(await read(writing), 'second of 1')
          throw new Error('inner')
        })
        await assert.rejects(inner, /inner/)
        assert.equal(await read(writing), 'first of 1')
        throw new Error('outer')
      })
      await assert.rejects(undone, /outer/)
      assert.equal(await read(writing), 'undefined of 0')
      await writing.attempt(() => writing.save([create('gateway', gateway('a', { name: 'kept' }))], now))
      assert.equal(await read(writing), 'kept of 1')
    })
    // A whole write that fails, after it saved and read.
    const failed = store.write(async (writing) => {
      await writing.save([erase('gateway', 'a')], now)
      assert.equal(await read(writing), 'undefined of 0')
      throw new Error('whole')
    })
    await assert.rejects(failed, /whole/)
    assert.equal(await store.write(read), 'kept of 1')
  })

  test(`${name}: a request that fails leaves those that are committed together with it`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const results = await Promise.allSettled([
      keep(world.store, create('gateway', gateway('a'))),
      world.store.write(async (writing) => {
        await writing.save([create('gateway', gateway('b'))], now)
        throw new Error('refused')
      }),
      keep(world.store, create('gateway', gateway('a')), create('gateway', gateway('c'))),
      keep(world.store, create('gateway', gateway('d'))),
    ])
    assert.deepEqual(
      results.map((result) => (result.status === 'fulfilled' ? 'kept' : result.reason.message)),
      ['kept', 'refused', 'gateway a exists', 'kept'],
    )
    assert.deepEqual(await names(world.store), ['Gateway a', 'Gateway d'])
  })

  test(`${name}: a question that the database refuses spoils nothing but the attempt that asked it`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const { store } = world
    // PostgreSQL takes no such text and no such instant; SQLite takes both.
    const refused = async (writing: Writing) => {
      await writing.at(now).isClaimed('a\0b', 'c')
      await writing.at(now + 0.5).list('gateway', 'all', '*')
    }
    const results = await Promise.allSettled([
      keep(store, create('gateway', gateway('a'))),
      store.write(refused),
      store.write(async (writing) => {
        // As a request does that fails by our own fault: it leaves its audit record.
        await writing.attempt(() => refused(writing)).catch(() => {})
        await writing.save([create('gateway', gateway('b'))], now)
        await writing.attempt(() => refused(writing)).catch(() => {})
        await writing.save([create('gateway', gateway('c'))], now)
      }),
      keep(store, create('gateway', gateway('d'))),
    ])
    assert.deepEqual(
      [results[0], results[2], results[3]].map((result) => result?.status),
      ['fulfilled', 'fulfilled', 'fulfilled'],
    )
    assert.deepEqual(await names(store), ['Gateway a', 'Gateway b', 'Gateway c', 'Gateway d'])
    await keep(store, create('gateway', gateway('e')))
  })

  test(`${name}: no answer leaves, and no reader sees anything, before the commit, however slow a request is`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const { store } = world
    const left: string[] = []
    const requests = ['a', 'b', 'c', 'refused', 'd'].map(async (id, index) => {
      if (index === 3) await nextTurn()
      const request = store.write(async (writing) => {
        await writing.save([create('gateway', gateway(id))], now)
        // Not what a request should do: others wait for it.
        if (id === 'b') await delay(20)
        assert.equal(new Set(await names(store)).isSubsetOf(new Set(left.map((each) => `Gateway ${each}`))), true)
        if (id === 'refused') throw new Error('refused')
      })
      await request.catch(() => {})
      left.push(id)
      const seen = await names(store)
      for (const each of left.filter((each) => each !== 'refused')) assert.ok(seen.includes(`Gateway ${each}`))
    })
    await Promise.all(requests)
    assert.deepEqual(left.toSorted(), ['a', 'b', 'c', 'd', 'refused'])
  })

  test(`${name}: a refusal waits for the commit of what it was decided on`, { skip: implementation.skip }, async () => {
    await using world = await opened(implementation)
    const order: string[] = []
    const claim = (id: string) => keep(world.store, create('virtual-interface', virtualInterface(id)))
    await Promise.all([
      claim('first').then(() => order.push('first is kept')),
      claim('second').catch((error: unknown) =>
        order.push(error instanceof ClaimTaken ? 'second is refused' : 'other'),
      ),
    ])
    assert.deepEqual(order, ['first is kept', 'second is refused'])
  })

  test(`${name}: a reader sees one instant, whatever is committed while it reads`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const { store } = world
    await keep(store, create('gateway', gateway('a')))
    const list = () => names(store)
    await store.read(async (reading) => {
      const count = async () => (await reading.at(now).list('gateway', 'all', '*')).length
      assert.equal(await count(), 1)
      await keep(store, create('gateway', gateway('b')))
      assert.equal(await count(), 1, 'what began to read before a commit does not see it')
      assert.equal((await list()).length, 2, 'what begins after it does')
      await store.read(async () => {
        await keep(store, create('gateway', gateway('c')))
        assert.equal((await list()).length, 3)
      })
      assert.equal(await count(), 1)
    })
    assert.equal((await list()).length, 3)
  })

  test(`${name}: those that write at once are made durable together`, { skip: implementation.skip }, async (t) => {
    await using world = await opened(implementation)
    const before = implementation.commitsIn(world.directory)
    await Promise.all(Array.from({ length: 64 }, (_, n) => keep(world.store, create('gateway', gateway(`one-${n}`)))))
    // One, or a few where it takes so long that those who came first should not wait for all.
    const commits = implementation.commitsIn(world.directory) - before
    assert.ok(commits >= 1 && commits <= 8, `${commits} commits`)

    const rounds = 20
    const startedAt = performance.now()
    for (let round = 0; round < rounds; round++)
      await Promise.all(
        Array.from({ length: 64 }, (_, n) => keep(world.store, create('gateway', gateway(`${round}-${n}`)))),
      )
    const together = (rounds * 64 * 1_000) / (performance.now() - startedAt)
    const aloneAt = performance.now()
    for (let n = 0; n < 100; n++) await keep(world.store, create('gateway', gateway(`alone-${n}`)))
    const alone = 100_000 / (performance.now() - aloneAt)
    t.diagnostic(`${name}: ${together.toFixed(0)} writes a second 64 at a time, ${alone.toFixed(0)} one by one`)
  })

  test(
    `${name}: when the commit fails nobody in the group is answered, and the store works on`,
    implementation.onOwnDisk ? withSmallDisk : { skip: 'the disk is that of the database' },
    async () => {
      using disk = requireDisk(smallDisk(8))
      await using world = await opened(implementation, `${disk.directory}/data`)
      const { store } = world
      await keep(store, create('gateway', gateway('before')))
      disk.fill(256 * 1024)
      // What is refused was decided on what is lost now, so that it may not leave either.
      const results = await Promise.allSettled([
        keep(store, create('gateway', gateway('small'))),
        keep(store, create('gateway', gateway('large', { name: blob(700_000) }))),
        keep(store, create('gateway', gateway('small'))),
      ])
      assert.deepEqual(results.map(reasonOf), ['NotDurable', 'NotDurable', 'NotDurable'])
      assert.deepEqual(await names(store), ['Gateway before'])

      await keep(store, save('gateway', gateway('before', { name: 'a little still fits' })))
      disk.free()
      await keep(store, create('gateway', gateway('small')))
      await world.reopen()
      assert.deepEqual(await names(world.store), ['a little still fits', 'Gateway small'])
    },
  )

  test(
    `${name}: when the disk is full before the commit the group is lost as well, and the store works on`,
    implementation.onOwnDisk ? withSmallDisk : { skip: 'the disk is that of the database' },
    async () => {
      using disk = requireDisk(smallDisk(64))
      await using world = await opened(implementation, `${disk.directory}/data`)
      const { store } = world
      await keep(store, create('gateway', gateway('before')))
      disk.fill(1024 * 1024)
      // More than is held in memory until the commit, so that the disk is written to earlier.
      const large = Array.from({ length: 20 }, (_, n) => create('gateway', gateway(`l${n}`, { name: blob(900_000) })))
      const results = await Promise.allSettled([
        keep(store, create('gateway', gateway('lost'))),
        store.write(async (writing) => {
          // A request whose own attempt fails goes on and leaves its audit record; here there is nothing left to add it to.
          await writing.attempt(() => writing.save(large, now)).catch(() => {})
          await writing.save([create('gateway', gateway('stray'))], now)
        }),
        keep(store, create('gateway', gateway('after'))),
      ])
      assert.deepEqual(results.map(reasonOf), ['NotDurable', 'NotDurable', 'kept'])
      assert.deepEqual(await names(store), ['Gateway after', 'Gateway before'])
      disk.free()
      await keep(store, ...large)
      await world.reopen()
      assert.equal((await names(world.store)).length, 22)
    },
  )

  test(`${name}: closing at any moment of a write waits for it, also while somebody has read before`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    for (let turns = 0; turns < 8; turns++) {
      await names(world.store)
      const writing = keep(world.store, create('gateway', gateway(`turn-${turns}`)))
      for (let turn = 0; turn < turns; turn++) await nextTurn()
      await world.store.close()
      await writing
      await world.reopen()
    }
    assert.equal((await names(world.store)).length, 8)
  })

  test(`${name}: closing waits for what has begun, and refuses what comes later`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const { store } = world
    const slow = store.write(async (writing) => {
      await delay(10)
      await writing.save([create('gateway', gateway('slow'))], now)
    })
    const reading = store.read(async (reads) => {
      await delay(20)
      return (await reads.at(now).list('gateway', 'all', '*')).length
    })
    const closing = store.close()
    await assert.rejects(keep(store, create('gateway', gateway('late'))), NotDurable)
    await assert.rejects(names(store), /closed/)
    await slow
    assert.ok((await reading) <= 1)
    await closing
    await store.close()
    await world.reopen()
    assert.deepEqual(await names(world.store), ['Gateway slow'])
  })
}

function reasonOf(result: PromiseSettledResult<unknown>): string {
  return result.status === 'fulfilled' ? 'kept' : result.reason.name
}

function requireDisk(disk: SmallDisk | undefined): SmallDisk {
  if (disk === undefined) throw new Error('there is no small disk')
  return disk
}

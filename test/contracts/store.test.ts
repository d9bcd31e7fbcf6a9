// What every store guarantees about what it keeps: records, sets, claims, the audit trail. See store-durability for when.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Gateway } from '../../src/product/gateways/gateway.ts'
import { type Change, create, erase, save } from '../../src/product/operation.ts'
import type { PageBounds } from '../../src/product/snapshot.ts'
import {
  type AuditFilter,
  type AuditRow,
  ClaimTaken,
  IdTaken,
  type Store,
  type Writing,
} from '../../src/store/store.ts'
import { createVault } from '../../src/store/vault.ts'
import { gateway, implementations, opened, virtualInterface } from './stores.ts'

const now = 10_000
const owner = '111122223333'

const keep = (store: Store, ...changes: readonly Change[]) => store.write((writing) => writing.save(changes, now))
const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id)
const gateways = (store: Store, values: string | readonly string[] = owner, page?: PageBounds, at = now) =>
  store.read((reading) => reading.at(at).list('gateway', 'owner', values, page))
const get = (store: Store, id: string) => store.read((reading) => reading.at(now).get('gateway', id))

for (const implementation of implementations) {
  const { name, open } = implementation

  test(`${name}: what is saved is there after the store was closed and opened again`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const record = gateway('a', { name: 'Zürich 🙂', tags: [{ key: 'k', value: '' }] })
    await keep(world.store, create('gateway', record), create('virtual-interface', virtualInterface('v')))
    await world.store.write((writing) => writing.audit(auditRow('e1')))
    await world.reopen()
    assert.deepEqual(await get(world.store, 'a'), record)
    assert.deepEqual(ids(await gateways(world.store)), ['a'])
    await assert.rejects(keep(world.store, create('virtual-interface', virtualInterface('w'))), ClaimTaken)
    assert.equal((await world.store.read((reading) => reading.auditTrail({ limit: 5 }))).length, 1)
  })

  test(`${name}: nothing is found under a text with NUL, and the write that asked goes on`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    await world.store.write(async (writing) => {
      assert.equal(await writing.at(now).get('gateway', '\0'), undefined)
      assert.deepEqual(await writing.at(now).list('gateway', 'owner', '\0'), [])
      await writing.save([create('gateway', gateway('a'))], now)
    })
    assert.deepEqual(ids(await gateways(world.store)), ['a'])
  })

  test(`${name}: a new record may not have an id that exists, and one kind knows nothing of another's ids`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    await keep(world.store, create('gateway', gateway('a')), create('virtual-interface', virtualInterface('a')))
    await assert.rejects(keep(world.store, create('gateway', gateway('b')), create('gateway', gateway('a'))), IdTaken)
    assert.equal(await get(world.store, 'b'), undefined, 'nothing of a request that failed is kept')
    assert.equal((await get(world.store, 'a'))?.name, 'Gateway a')
  })

  test(`${name}: saving replaces the facts, whether the record existed or not; erasing forgets it`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    await keep(world.store, save('gateway', gateway('a')))
    await keep(world.store, save('gateway', gateway('a', { name: 'renamed', ownerAccount: '444455556666' })))
    assert.deepEqual(await gateways(world.store), [], 'it has left the sets that it is no longer in')
    assert.deepEqual(
      (await gateways(world.store, '444455556666')).map((record) => record.name),
      ['renamed'],
    )
    await keep(world.store, erase('gateway', 'a'), erase('gateway', 'never was'))
    assert.equal(await get(world.store, 'a'), undefined)
    assert.deepEqual(await gateways(world.store, '444455556666'), [])
    await keep(world.store, create('gateway', gateway('a')))
  })

  test(`${name}: two records cannot hold the same key of a scope at the same time`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const first = virtualInterface('first')
    const second = virtualInterface('second')
    await keep(world.store, create('virtual-interface', first))
    await assert.rejects(keep(world.store, create('virtual-interface', second)), ClaimTaken)
    await keep(world.store, create('virtual-interface', { ...second, vlan: 102 }))
    await keep(world.store, create('virtual-interface', virtualInterface('third', { connectionId: 'dxcon-f0000002' })))
    const held = await world.store.read((reading) => reading.at(now).claimed(`vlan ${first.connectionId}`))
    assert.deepEqual(Object.fromEntries(held), { '101': 'first', '102': 'second' })
    await keep(world.store, save('virtual-interface', { ...first, name: 'renamed' }))
    await keep(world.store, erase('virtual-interface', 'first'), save('virtual-interface', second))
  })

  test(`${name}: what time has freed is free`, { skip: implementation.skip }, async () => {
    await using world = await opened(implementation)
    const ending = virtualInterface('ending', { deletedAt: now + 500 })
    const taker = virtualInterface('taker')
    await keep(world.store, create('virtual-interface', ending))
    const at = (instant: number) =>
      world.store.write((writing) => writing.save([create('virtual-interface', taker)], instant))
    const held = (instant: number) =>
      world.store.read(async (reading) => [...(await reading.at(instant).claimed('vlan dxcon-f0000001')).values()])
    assert.deepEqual(await held(now + 499), ['ending'])
    assert.deepEqual(await held(now + 500), [])
    await assert.rejects(at(now + 499), ClaimTaken)
    await at(now + 500)
    assert.deepEqual(await held(now + 500), ['taker'])
    await world.store.write((writing) => writing.save([save('virtual-interface', ending)], now + 600))
    assert.deepEqual(await held(now + 600), ['taker'], 'who has ended claims nothing when saved again')
    const leaving = save('virtual-interface', { ...taker, deletedAt: now + 900 })
    await world.store.write((writing) => writing.save([leaving], now + 700))
    assert.deepEqual([await held(now + 899), await held(now + 900)], [['taker'], []], 'an end that is told later')
    const gone = save('virtual-interface', { ...taker, deletedAt: now + 800 })
    await world.store.write((writing) => writing.save([gone], now + 800))
    assert.deepEqual(await held(now + 800), [], 'an end that comes at once')
  })

  test(`${name}: what is free at the edges of a scope is found without reading all of it`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const holders = [101, 102, 103, 104].map((vlan) =>
      virtualInterface(`v${vlan}`, { vlan, deletedAt: vlan % 2 === 0 ? now + 500 : null }),
    )
    await keep(world.store, ...holders.map((holder) => create('virtual-interface', holder)))
    const edges = (at: number, prefix = '1', limit = 5) =>
      world.store.read((reading) => reading.at(at).claimEdges('vlan dxcon-f0000001', prefix, limit))
    assert.deepEqual(await edges(now), { last: '104', freed: [] })
    assert.deepEqual(await edges(now + 500), { last: '104', freed: ['102', '104'] })
    assert.deepEqual(await edges(now + 500, '1', 1), { last: '104', freed: ['102'] })
    assert.deepEqual(await edges(now + 500, '103'), { last: '103', freed: [] })
    assert.deepEqual(await edges(now + 500, '2'), { last: undefined, freed: [] })
  })

  test(`${name}: whoever writes finds the edges of a scope where others have moved them, or tried to`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const holder = (vlan: number) => create('virtual-interface', virtualInterface(`v${vlan}`, { vlan }))
    const last = (prefix = '1') =>
      world.store.write(
        async (writing) => (await writing.at(now).claimEdges('vlan dxcon-f0000001', prefix, 5)).last ?? 'none',
      )
    assert.deepEqual([await last(), await last('3')], ['none', 'none'])
    await keep(world.store, holder(102))
    await keep(world.store, holder(101))
    await keep(world.store, holder(300))
    assert.deepEqual([await last(), await last('3')], ['102', '300'])
    await assert.rejects(
      keep(world.store, holder(103), create('gateway', gateway('g')), create('gateway', gateway('g'))),
    )
    assert.equal(await last(), '102', 'of one who failed nothing stays')
    await keep(world.store, erase('virtual-interface', 'v102'))
    assert.deepEqual([await last(), await last('3')], ['101', '300'])
    await keep(world.store, save('virtual-interface', virtualInterface('v101', { vlan: 104 })))
    assert.equal(await last(), '104')
    await world.store.write((writing) => writing.clear())
    assert.deepEqual([await last(), await last('3')], ['none', 'none'])
  })

  test(`${name}: one request may hand a claim over, in whichever order it lists the two`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const giver = virtualInterface('giver')
    const taker = virtualInterface('taker', { vlan: 102 })
    await keep(world.store, create('virtual-interface', giver), create('virtual-interface', taker))
    await keep(
      world.store,
      save('virtual-interface', { ...taker, vlan: 101 }),
      save('virtual-interface', { ...giver, vlan: 102 }),
    )
    const held = await world.store.read((reading) => reading.at(now).claimed('vlan dxcon-f0000001'))
    assert.deepEqual(Object.fromEntries(held), { '101': 'taker', '102': 'giver' })
  })

  test(`${name}: a list has the oldest first, and those of one age by their ids`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const wanted: readonly (readonly [string, number])[] = [
      ['d', 5],
      ['a', 7],
      ['c', 5],
      ['b', 6],
    ]
    for (const [id, createdAt] of wanted) await keep(world.store, create('gateway', gateway(id, { createdAt })))
    assert.deepEqual(ids(await gateways(world.store)), ['c', 'd', 'b', 'a'])
  })

  test(`${name}: from an instant on lists hide a record, reading it by its id still does not`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    await keep(world.store, create('gateway', gateway('a', { deletedAt: now + 1 })))
    assert.deepEqual(ids(await gateways(world.store, owner, undefined, now)), ['a'])
    assert.deepEqual(ids(await gateways(world.store, owner, undefined, now + 1)), [])
    assert.equal((await get(world.store, 'a'))?.id, 'a')
  })

  test(`${name}: a list that was read before still changes with time, and back with a clock that begins anew`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const ending = gateway('a', { deletedAt: now + 1 })
    await keep(world.store, create('gateway', ending), create('gateway', gateway('b')))
    const read = (at: number) => gateways(world.store, owner, { limit: 1 }, at).then(ids)
    const turns = [now, now + 1, now, now + 2, now]
    const answers = []
    for (const at of [...turns, ...turns]) answers.push(...(await read(at)))
    assert.deepEqual(answers.join(''), 'ababaababa')
    await keep(world.store, save('gateway', gateway('a')))
    assert.deepEqual(await read(now + 2), ['a'], 'and with the next commit')
  })

  test(`${name}: several values give the union, each record once, however many the values are`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const both = ['111122223333 us-east-1', '444455556666 us-east-1']
    await keep(
      world.store,
      ...Array.from({ length: 5 }, (_, n) => create('virtual-interface', virtualInterface(`v${n}`, { vlan: n + 2 }))),
    )
    const list = (values: readonly string[], page?: PageBounds) =>
      world.store.read(async (reading) => ids(await reading.at(now).list('virtual-interface', 'party', values, page)))
    const all = ['v0', 'v1', 'v2', 'v3', 'v4']
    assert.deepEqual(await list(both), all)
    assert.deepEqual(await list([...both, ...both, 'nobody']), all)
    assert.deepEqual(await list([]), [])
    const many = [...Array.from({ length: 5_000 }, (_, n) => `nobody ${n}`), ...both]
    assert.deepEqual(await list(many), all)
    assert.deepEqual(await list([both[0] ?? '', ...many], { limit: 2, after: { createdAt: 1_000, id: 'v1' } }), [
      'v2',
      'v3',
    ])
    const found = await world.store.read((reading) =>
      reading.at(now).getAll('virtual-interface', [...many, ...all, 'v0']),
    )
    assert.deepEqual(ids(found).toSorted(), all, 'reading by many ids answers each once')
  })

  test(`${name}: a list can be asked from its end, page by page`, { skip: implementation.skip }, async () => {
    await using world = await opened(implementation)
    const owners = Array.from({ length: 5 }, (_, n) => String(n).repeat(12))
    const gatewayOf = (n: number) => gateway(`g${n}`, { createdAt: 1_000 + (n >> 1), ownerAccount: owners[n] ?? '' })
    await keep(world.store, ...[0, 1, 2, 3, 4].map((n) => create('gateway', gatewayOf(n))))
    const many = [...owners, ...Array.from({ length: 3_000 }, (_, n) => `nobody ${n}`)]
    for (const values of [owners, many]) {
      const list = async (page: PageBounds) => ids(await gateways(world.store, values, { ...page, newestFirst: true }))
      assert.deepEqual(await list({ limit: 9 }), ['g4', 'g3', 'g2', 'g1', 'g0'])
      assert.deepEqual(await list({ limit: 2 }), ['g4', 'g3'])
      assert.deepEqual(await list({ limit: 2, after: { createdAt: 1_001, id: 'g3' } }), ['g2', 'g1'])
    }
  })

  test(`${name}: what is created or deleted between two pages neither repeats nor hides anything else`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const { store } = world
    const between = fc.array(
      fc.record({
        act: fc.constantFrom('create', 'hide', 'erase', 'rename'),
        at: fc.nat(20),
        id: fc.nat(40).map((n) => `gateway-${n}`),
      }),
      { maxLength: 4 },
    )
    let account = 0
    let made = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(20), { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(between, { maxLength: 12 }),
        async (createdAts, limit, gaps) => {
          const ownerAccount = `account ${account++}`
          const live = new Map<string, Gateway>()
          const put = async (record: Gateway) => {
            const own = { ...record, id: `${ownerAccount} ${record.id}`, ownerAccount }
            await keep(store, save('gateway', own))
            live.set(own.id, own)
          }
          for (const [n, createdAt] of createdAts.entries()) await put(gateway(`first-${n}`, { createdAt }))
          const steady = new Set(live.keys())

          const seen: Gateway[] = []
          for (let page = 0; ; page++) {
            const last = seen.at(-1)
            const found = await gateways(store, ownerAccount, { limit, after: last })
            seen.push(...found)
            if (found.length < limit) break
            for (const { act, at, id } of gaps[page] ?? []) {
              const some = [...live.values()][at % Math.max(1, live.size)]
              // A record never changes when it was made, so what is created bears an id that nothing had.
              if (act === 'create') await put(gateway(`${id} ${made++}`, { createdAt: at }))
              else if (some !== undefined) {
                if (act === 'erase') await keep(store, erase('gateway', some.id))
                if (act === 'hide') await keep(store, save('gateway', { ...some, deletedAt: now }))
                if (act === 'rename') await keep(store, save('gateway', { ...some, name: id }))
                if (act !== 'rename') {
                  live.delete(some.id)
                  steady.delete(some.id)
                }
              }
            }
          }
          const shown = ids(seen)
          assert.equal(new Set(shown).size, shown.length, 'nothing is repeated')
          assert.deepEqual(
            [...steady].filter((id) => !shown.includes(id)),
            [],
            'nothing that stayed is missing',
          )
          assert.deepEqual(seen.toSorted(inOrder), seen)
        },
      ),
      { numRuns: 40 },
    )
  })

  test(`${name}: the audit trail is newest first, and can be asked by account, event, time and page`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const rows = [1, 2, 3, 4, 5, 6].map((n) =>
      auditRow(`e${n}`, {
        at: 100 * Math.ceil(n / 2),
        accountId: n % 2 === 0 ? 'even' : 'odd',
        eventName: n % 3 === 0 ? 'Third' : 'Other',
      }),
    )
    await world.store.write(async (writing) => {
      for (const row of rows) await writing.audit(row)
    })
    const trail = (filter: Partial<AuditFilter>) =>
      world.store.read(async (reading) => ids(await reading.auditTrail({ limit: 100, ...filter })))
    assert.deepEqual(await trail({}), ['e6', 'e5', 'e4', 'e3', 'e2', 'e1'])
    assert.deepEqual(await trail({ accountId: 'odd' }), ['e5', 'e3', 'e1'])
    assert.deepEqual(await trail({ eventName: 'Third' }), ['e6', 'e3'])
    assert.deepEqual(await trail({ from: 200, until: 300 }), ['e4', 'e3'])
    assert.deepEqual(await trail({ limit: 2 }), ['e6', 'e5'])
    assert.deepEqual(await trail({ limit: 2, before: { at: 300, id: 'e5' } }), ['e4', 'e3'])
    assert.deepEqual(await trail({ accountId: 'even', eventName: 'Other', from: 0, until: 200 }), ['e2'])
    const [first] = await world.store.read((reading) => reading.auditTrail({ limit: 1 }))
    assert.deepEqual(first, rows[5])
  })

  test(`${name}: each of many audit records is kept, but not what an attempt that failed said`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    const { store } = world
    const named = Array.from({ length: 199 }, (_, n) => `e${String(n).padStart(3, '0')}`)
    const failing = (writing: Writing, id: string) =>
      writing.attempt(async () => {
        await writing.audit(auditRow(id))
        throw new Error(id)
      })
    const written = await Promise.allSettled([
      ...named.map((id) =>
        store.write(async (writing) => {
          await writing.audit(auditRow(id))
          await assert.rejects(failing(writing, `inner ${id}`))
        }),
      ),
      store.write((writing) => failing(writing, 'whole')),
    ])
    assert.equal(written.filter(({ status }) => status === 'rejected').length, 1)
    assert.deepEqual(ids(await store.read((reading) => reading.auditTrail({ limit: 500 }))), named.toReversed())
  })

  test(`${name}: clearing forgets everything, in the same step as what is saved next`, {
    skip: implementation.skip,
  }, async () => {
    await using world = await opened(implementation)
    await keep(world.store, create('gateway', gateway('a')), create('virtual-interface', virtualInterface('v')))
    await world.store.write((writing) => writing.audit(auditRow('e1')))
    await world.store.write(async (writing) => {
      await writing.clear()
      await writing.save([create('virtual-interface', virtualInterface('w'))], now)
    })
    assert.equal(await get(world.store, 'a'), undefined)
    assert.deepEqual(await gateways(world.store), [])
    assert.deepEqual(await world.store.read((reading) => reading.auditTrail({ limit: 1 })), [])
  })

  test(`${name}: secrets are not on the disk, and another key does not open what one key has sealed`, {
    skip: implementation.skip,
  }, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'crossconnect-store-'))
    try {
      const key = randomBytes(32)
      const [secret, token] = ['Sup3rSecretAccessKeyThatNobodyMayRead', 'ATokenThatNobodyMayReadEither']
      const store = await open(directory, createVault(key))
      await keep(
        store,
        create('access-key', { id: 'AKIA1', createdAt: 1, accountId: owner, secretAccessKey: secret }),
        create('session', {
          id: 'ASIA1',
          createdAt: 1,
          accountId: owner,
          principalArn: 'arn',
          assumedRoleId: 'role',
          secretAccessKey: secret,
          sessionToken: token,
          expiresAt: 2,
        }),
        create('gateway', gateway('a', { name: 'not a secret' })),
      )
      const tellsSecret = () => [secret, token].some((text) => onDisk().includes(text))
      const read = (from: Store) => from.read((reading) => reading.at(now).get('access-key', 'AKIA1'))
      const onDisk = () => implementation.atRest(directory)
      assert.equal(tellsSecret(), false, 'while it is open')
      assert.equal((await read(store))?.secretAccessKey, secret)
      await store.close()
      assert.equal(tellsSecret(), false, 'when it is closed')
      assert.equal(onDisk().includes('not a secret'), true, 'the search would find what is not sealed')

      await assert.rejects(open(directory, createVault(randomBytes(32))), /not the key that sealed this database/)
      const again = await open(directory, createVault(key))
      assert.equal((await read(again))?.secretAccessKey, secret)
      await again.close()
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
}

function auditRow(id: string, facts: Partial<AuditRow> = {}): AuditRow {
  return { id, at: 1, accountId: owner, eventName: 'CreateConnection', record: { eventID: id, nested: [1] }, ...facts }
}

function inOrder(a: Gateway, b: Gateway): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)
}

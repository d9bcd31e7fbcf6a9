// How a database comes to the present schema: from every one that was released, whole or not at all.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { createVault, keyOf } from '../../src/store/vault.ts'
import { brokenIn } from '../invariants/invariants.ts'
import { type Rows, rowsOfPostgres, rowsOfSqlite } from '../invariants/rows.ts'
import { temporary } from '../start/process.ts'
import { skipWithout } from '../tools/clients.ts'
import { postgresCluster, postgresPrograms } from '../tools/postgres.ts'
import { startServer } from '../tools/server.ts'
import { fixtureKey, fixturesOf, told } from './schemas.ts'

const vault = createVault(keyOf(fixtureKey))
const present = readdirSync(join(import.meta.dirname, '../../src/store/migrations')).filter((name) =>
  /^\d{4}-/.test(name),
).length

/** A database of its own, bare or as a fixture has it. */
interface Database extends Disposable {
  /** Brings it to the present schema, and closes it. */
  readonly migrate: () => Promise<void>
  readonly run: (statement: string) => void
  readonly version: () => number
  readonly setVersion: (version: number) => void
  /** Every table and index with what it consists of, but what only tells the version. */
  readonly schema: () => string
  readonly rows: () => Rows | Promise<Rows>
  readonly where: { readonly data: string; readonly database: string | null }
}

let databases = 0

const stores = [
  {
    name: 'sqlite',
    fixtures: fixturesOf('sqlite'),
    skip: false as const,
    async database(content?: Buffer): Promise<Database> {
      const home = temporary()
      const file = join(home.path, 'crossconnect.sqlite')
      if (content !== undefined) writeFileSync(file, content)
      const ask = (statement: string) => {
        using database = new DatabaseSync(file)
        return database.prepare(statement).all()
      }
      return {
        migrate: async () => (await openSqlite(home.path, vault)).close(),
        run: (statement) => void ask(statement),
        version: () => Number(ask('PRAGMA user_version')[0]?.['user_version']),
        setVersion: (version) => void ask(`PRAGMA user_version = ${version}`),
        // SQLite keeps it as it was written, which for the same schema was once in other lines and with quotes.
        schema: () =>
          ask("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'kysely%' ORDER BY name")
            .map((row) => String(row['sql']).replaceAll('"', '').replaceAll(/\s+/g, ' ').replaceAll('( ', '('))
            .join('\n'),
        rows: () => rowsOfSqlite(file),
        where: { data: home.path, database: null },
        [Symbol.dispose]: () => home[Symbol.dispose](),
      }
    },
  },
  {
    name: 'postgres',
    fixtures: fixturesOf('postgres.sql'),
    ...skipWithout('migrations in PostgreSQL', postgresPrograms),
    async database(content?: Buffer): Promise<Database> {
      const home = temporary()
      const cluster = await postgresCluster()
      const name = `migrations_${++databases}`
      const url = cluster.database(name)
      const program = (command: string, ...words: readonly string[]) =>
        execFileSync(join(postgresPrograms ?? '', command), [...words, url], { encoding: 'utf8' })
      if (content !== undefined) {
        const file = join(home.path, 'dump.sql')
        writeFileSync(file, content)
        program('psql', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file)
      }
      mkdirSync(join(home.path, 'data'))
      return {
        migrate: async () => (await openPostgres(url, vault)).close(),
        run: (statement) => void cluster.psql(name, statement),
        version: () => Number(cluster.psql(name, 'SELECT version FROM schema_version')),
        setVersion: (version) => void cluster.psql(name, `UPDATE schema_version SET version = ${version}`),
        schema: () => program('pg_dump', '--schema-only', '--no-owner').replaceAll(/^(\\|--).*\n/gm, ''),
        rows: () => rowsOfPostgres(url),
        where: { data: join(home.path, 'data'), database: url },
        [Symbol.dispose]: () => home[Symbol.dispose](),
      }
    },
  },
]

for (const { name, fixtures, skip, database } of stores) {
  test(`${name}: there is an installation of every schema before the present one`, () => {
    assert.deepEqual(
      fixtures.map(({ schema }) => schema).filter((schema) => schema < present),
      Array.from({ length: present - 1 }, (_, index) => index + 1),
      'scripts/schema-fixture.mjs writes one',
    )
  })

  for (const { schema, content } of fixtures)
    test(`${name}: an installation of schema ${schema} comes to the present one with all that it held`, {
      skip,
    }, async () => {
      using old = await database(content)
      using fresh = await database()
      assert.equal(old.version(), schema)
      await old.migrate()
      await fresh.migrate()
      assert.equal(old.version(), present)
      assert.equal(old.schema(), fresh.schema())
      assert.deepEqual(brokenIn(await old.rows()), [])
      await using server = await startServer({ ...old.where, secretKey: fixtureKey })
      const tags = [{ key: 'k', value: 'v' }]
      assert.deepEqual(await told(server.url), {
        connections: [['of old', tags]],
        virtualInterfaces: [['of old', 101, 'secretsecret']],
      })
    })

  test(`${name}: who announces public prefixes is found as before since schema 4`, { skip }, async () => {
    for (const { content } of fixtures.filter((each) => each.schema === 3)) {
      using old = await database(content)
      for (const [type, id] of [
        ['public', 'dxvif-f0000001'],
        ['private', 'dxvif-f0000002'],
      ])
        old.run(
          `INSERT INTO sets VALUES ('virtual-interface', 'owner', '111122223333 ${type}', 5, '${id}', ${type === 'public' ? 9 : 'NULL'})`,
        )
      await old.migrate()
      const { sets } = await old.rows()
      assert.deepEqual(
        sets
          .filter((row) => /^(?:owner|announcer)$/.test(row.name) && row.kind === 'virtual-interface')
          .map((row) => ({ ...row })),
        [
          {
            kind: 'virtual-interface',
            name: 'announcer',
            value: '111122223333',
            created_at: 5,
            id: 'dxvif-f0000001',
            hidden_from: 9,
          },
        ],
      )
    }
  })

  test(`${name}: failover tests are not hidden any more since schema 6`, { skip }, async () => {
    for (const { content } of fixtures.filter((each) => each.schema === 5)) {
      using old = await database(content)
      old.run("INSERT INTO sets VALUES ('failover-test', 'virtual-interface', 'dxvif-f0000001', 5, 'a', 9)")
      old.run("INSERT INTO sets VALUES ('fault', 'target', 'dxvif-f0000001', 5, 'b', 9)")
      await old.migrate()
      const { sets } = await old.rows()
      const hiddenFrom = sets.filter(({ id }) => /^[ab]$/.test(id)).map((row) => [row.kind, row.hidden_from])
      assert.deepEqual(hiddenFrom.toSorted(), [
        ['failover-test', null],
        ['fault', 9],
      ])
    }
  })

  test(`${name}: a migration that fails half way leaves what was there, and succeeds once it can`, {
    skip,
  }, async () => {
    using world = await database()
    // The last table that the first migration makes.
    world.run('CREATE TABLE seal (in_the_way text)')
    const before = world.schema()
    await assert.rejects(world.migrate(), /seal.* already exists/)
    assert.equal(world.schema(), before)
    world.run('DROP TABLE seal')
    await world.migrate()
    assert.equal(world.version(), present)

    for (const { schema, content } of fixtures.filter((each) => each.schema === 1)) {
      using old = await database(content)
      // What the second migration makes.
      old.run('CREATE INDEX claims_that_end ON seal (proof)')
      await assert.rejects(old.migrate(), /claims_that_end.* already exists/)
      assert.equal(old.version(), schema)
      assert.equal((await old.rows()).of('virtual-interface').size, 1)
      old.run('DROP INDEX claims_that_end')
      await old.migrate()
      assert.equal(old.version(), present)
    }
  })

  test(`${name}: a database of a later schema is refused and stays as it is`, { skip }, async () => {
    using later = await database()
    await later.migrate()
    later.setVersion(present + 1)
    await assert.rejects(later.migrate(), /made by a later version of crossconnect/)
    assert.equal(later.version(), present + 1)
  })
}

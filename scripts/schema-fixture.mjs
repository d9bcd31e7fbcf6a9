// Writes down a small installation as a released schema keeps it, so that tests can bring it to the present one:
// test/contracts/schemas/0001.sqlite.gz and 0001.postgres.sql.gz, by the number of the schema. To be run once for each schema
// that was released, when a migration is added after it, with the sources of that release (a worktree with node_modules):
//   node scripts/schema-fixture.mjs [FOLDER]
import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { fixtureKey, fixtures, tell } from '../test/contracts/schemas.ts'
import { node, started, temporary } from '../test/start/process.ts'
import { postgresPrograms, start } from '../test/tools/postgres.ts'

const folder = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)))
const schema = String(globSync('0*.ts', { cwd: join(folder, 'src/store/migrations') }).length).padStart(4, '0')
const program = { command: node, words: [join(folder, 'src/main.ts')], directory: folder, group: false }
const environment = { CROSSCONNECT_SECRET_KEY: fixtureKey }

async function installation(data, ...args) {
  await using server = await started(data, { program, environment, args: ['--timing', 'instant', ...args] })
  await tell(server.url)
  await server.end()
}

function written(name, content) {
  mkdirSync(fixtures, { recursive: true })
  const packed = gzipSync(content, { level: 9 })
  writeFileSync(join(fixtures, name), packed)
  console.log(`${name}: ${packed.length} bytes`)
}

using home = temporary()
await installation(home.path)
const [file, copy] = [join(home.path, 'crossconnect.sqlite'), join(home.path, 'copy')]
{
  using database = new DatabaseSync(file)
  database.exec(`VACUUM INTO '${copy}'`)
}
written(`${schema}.sqlite.gz`, readFileSync(copy))

const cluster = await start()
const database = cluster.database('fixture')
await installation(home.path, '--database', database)
const dump = execFileSync(join(postgresPrograms, 'pg_dump'), ['--no-owner', '--inserts', database], {
  encoding: 'utf8',
})
// Settings and commands of this version's own tools, which others may not know.
written(`${schema}.postgres.sql.gz`, dump.replaceAll(/^(SET |\\|SELECT pg_catalog\.set_config).*\n/gm, ''))
process.exit()

// `npm test`: everything that must hold. First what the tests need of Debian's packages, then the checks (side by side, they
// are short), then the tests, then the stories once more on PostgreSQL. All of it runs, also after a failure; the exit code
// is 1 if anything failed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, globSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { debianPackages } from '../test/tools/clients.ts'
import { postgresPrograms } from '../test/tools/postgres.ts'

const help = `npm test                                     everything: types, format, lint, unused code, tests
npm test -- test/stories/guide.test.ts      only these test files; a folder, or any part of a path, will do
npm test -- --only-tests                    all tests, without the other checks
npm test -- --only-tests lags               only the test files with "lags" in their path

npm run test:long                           the same, with all labs and many more cases (CROSSCONNECT_LONG=1)

CROSSCONNECT_REQUIRE_ALL=1                  what cannot run on this machine is a failure, not a skip (CI sets it)
npm run fix                                 formats, and mends what lint can mend`

const testTimeoutMs = process.env.CROSSCONNECT_LONG === '1' ? 3_600_000 : 180_000

const checks = [
  { name: 'types', command: ['tsc'] },
  { name: 'format', command: ['biome', 'check', '--error-on-warnings', '--reporter=summary'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
  { name: 'lockfile', command: [process.execPath, 'scripts/complete-lockfile.mjs', '--check'] },
]

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
process.env.PATH = [join(process.cwd(), 'node_modules', '.bin'), process.env.PATH].join(delimiter)

const { onlyTests, words } = readArguments()
const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'])
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .toSorted()
if (files.length === 0 && words.length > 0) refuse(`No test file has ${words.join(' or ')} in its path`)

const failed = []
if (!installDebianPackages()) failed.push('Debian packages')
if (!onlyTests) failed.push(...(await runChecks()))
if (!(await runTests(files))) failed.push('tests')
if (!(await runStoriesOnPostgres())) failed.push('stories on PostgreSQL')
process.exitCode = failed.length === 0 ? 0 : 1

function readArguments() {
  const options = { 'only-tests': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } }
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (values.help) {
      console.log(help)
      process.exit(0)
    }
    const onlyTests = values['only-tests'] === true || positionals.length > 0
    return { onlyTests, words: positionals.map((word) => word.replace(/^\.\//, '')) }
  } catch (error) {
    return refuse(error.message)
  }
}

function refuse(reason) {
  console.error(`${reason}\n\n${help}`)
  process.exit(2)
}

/** Whether all is there that this run may not do without. */
function installDebianPackages() {
  const absent = () => debianPackages.filter(({ proof }) => globSync(proof).length === 0)
  const wanted = absent().map(({ name }) => name)
  if (wanted.length === 0) return true
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const startedAt = Date.now()
    console.log(`installing the Debian packages ${wanted.join(', ')} (about a minute, once) …`)
    const install = ['install', '--no-install-recommends', ...wanted]
    withoutStarting(() => {
      // A machine whose package lists are absent or old refuses; only then are they fetched.
      if (apt(install).done) return
      apt(['update'])
      const second = apt(install)
      if (!second.done) console.error(second.output)
    })
    console.log(`installed in ${seconds(startedAt)}`)
  }
  for (const { name, what } of absent()) console.error(`SKIPPED ${what}: the Debian package ${name} is not installed`)
  return absent().length === 0 || process.env.CROSSCONNECT_REQUIRE_ALL !== '1'
}

/** Daemons start when they are installed, unless this file, which is Debian's for the purpose, forbids it. */
function withoutStarting(install) {
  const policy = '/usr/sbin/policy-rc.d'
  if (existsSync(policy)) return install()
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    install()
  } finally {
    rmSync(policy)
  }
}

function apt(parameters) {
  const { status, stdout, stderr } = spawnSync(
    'apt-get',
    ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...parameters],
    {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      encoding: 'utf8',
    },
  )
  return { done: status === 0, output: `${stdout}${stderr}` }
}

/** The names of the checks that failed. */
async function runChecks() {
  const results = await Promise.all(
    checks.map(async ({ name, command }) => {
      const startedAt = Date.now()
      const { code, output } = await run(command, 'pipe')
      console.log(`${code === 0 ? '✔' : '✖'} ${name} (${seconds(startedAt)})`)
      if (code !== 0) console.log(`  $ ${command.join(' ')}\n${output.trimEnd()}\n`)
      return { name, code }
    }),
  )
  return results.filter(({ code }) => code !== 0).map(({ name }) => name)
}

/** Whether they pass; a reporter says which do not, and names what has failed before. */
async function runTests(files, environment = {}) {
  if (files.length === 0) return true
  const options = ['--test', '--test-isolation=none', `--test-timeout=${testTimeoutMs}`]
  const reporter = '--test-reporter=./scripts/closing-reporter.mjs'
  const env = { ...process.env, FAILED_CHECKS: failed.join(', '), ...environment }
  const { code } = await run([process.execPath, ...options, reporter, ...files], 'inherit', env)
  return code === 0
}

/** Whoever shares a database with other servers is promised the same journeys. Traffic knows nothing of the store. */
async function runStoriesOnPostgres() {
  const stories = files.filter((file) => /^test\/stories\/(?!routers|lab|fabric)/.test(file))
  if (stories.length === 0 || postgresPrograms === undefined) return true
  console.log('\nthe stories once more, on PostgreSQL')
  return runTests(stories, { CROSSCONNECT_TEST_STORE: 'postgres' })
}

function run([command, ...parameters], output, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { env, stdio: ['ignore', output, output] })
    let text = ''
    child.stdout?.on('data', (data) => (text += data))
    child.stderr?.on('data', (data) => (text += data))
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code, output: text }))
  })
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}

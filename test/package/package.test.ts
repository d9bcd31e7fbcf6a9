// The package as it is published: packed, installed into an empty folder, and run there by npx.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import packageJson from '../../package.json' with { type: 'json' }
import { started, temporary } from '../start/process.ts'
import { runWith } from '../tools/run.ts'
import { call } from '../wire/signed.ts'
import { isOutOfReach, npm, oldest, oldestNode, ownNode, pathWith } from './npm.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const isTest = /\.test[-.\w]*\.ts$/

test('npm pack gives JavaScript that installs into an empty folder, without tests and development tools', async (t) => {
  using home = temporary()
  const folder = await installed(t, home.path)
  if (folder === undefined) return
  const sources = globSync('src/**/*.ts', { cwd: root }).filter((path) => !isTest.test(path))
  const expected = sources.map((path) => `dist/${path.replace(/\.ts$/, '.js')}`)
  const ours = join(folder, 'node_modules/crossconnect')
  assert.deepEqual(
    globSync('**/*.*', { cwd: ours }).toSorted(),
    ['README.md', 'dist/package.json', 'package.json', ...expected].toSorted(),
  )
  assert.ok(existsSync(join(ours, 'LICENSE')))
  const brought = Object.keys(packageJson.devDependencies).filter((name) =>
    existsSync(join(folder, 'node_modules', name)),
  )
  assert.deepEqual(brought, [])

  await t.test(`npx crossconnect serve works on Node ${oldest}, the oldest that the package names`, async (t) => {
    const node = await orSkip(t, oldestNode())
    if (node !== undefined) await serves(folder, node, join(home.path, 'oldest'))
  })
  await t.test(`npx crossconnect serve works on Node ${process.versions.node}`, () =>
    serves(folder, ownNode, join(home.path, 'newest')),
  )

  const outer = process.env['npm_node_execpath'] ?? ''
  const version = /^v(\d+)/.exec(outer === '' ? '' : execFileSync(outer, ['--version'], { encoding: 'utf8' }))?.[1]
  const isOld = version !== undefined && Number(version) < 24
  await t.test('an older Node is told what is needed', { skip: isOld ? false : 'no older Node is here' }, async () => {
    const { status, stdout, stderr } = await runWith({}, outer, [join(ours, packageJson.bin), 'status'])
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, new RegExp(`^crossconnect: Node ${oldest.replace(/\.0$/, '')} or newer is needed, this is v`))
  })
})

async function serves(folder: string, node: string, data: string): Promise<void> {
  const environment = { PATH: pathWith(node), HOME: folder }
  const npx = { command: 'npx', words: ['crossconnect', 'serve'], directory: folder, group: true }
  const args = ['--timing', 'instant']
  {
    await using server = await started(data, { args, environment, program: npx })
    const { json: locations } = await call(server.url, { target: 'DescribeLocations' })
    assert.ok(locations.locations.length > 0)
    const order = JSON.stringify({ location: 'EqDC2', bandwidth: '10Gbps', connectionName: 'first' })
    const { json: ordered } = await call(server.url, { target: 'CreateConnection', body: order })
    const about = JSON.stringify({ connectionId: ordered.connectionId, providerName: 'Δίκτυο' })
    const { json: letter } = await call(server.url, { target: 'DescribeLoa', body: about })
    assert.match(Buffer.from(letter.loaContent, 'base64').toString('latin1'), /^%PDF-1[\s\S]*%%EOF\s*$/)
    const { stderr } = await server.end('SIGTERM')
    assert.equal(stderr, '')
    assert.deepEqual(
      readdirSync(data).filter((name) => name.endsWith('-wal')),
      [],
      'it ends in good order, although npx is gone before',
    )
  }
  const binary = { ...npx, command: join(folder, 'node_modules/.bin/crossconnect'), words: ['serve'], group: false }
  await using again = await started(data, { args, environment, program: binary })
  const { json: kept } = await call(again.url, { target: 'DescribeConnections' })
  assert.deepEqual([kept.connections[0].connectionName, kept.connections[0].connectionState], ['first', 'available'])
  const commands = { PATH: pathWith(node), HOME: folder, AWS_ENDPOINT_URL: again.url }
  const shown = await runWith(commands, binary.command, ['status'], { directory: folder })
  assert.deepEqual([shown.status, shown.stderr], [0, ''])
  assert.match(shown.stdout, /^connection dxcon-\w+ first, EqDC2, 10Gbps: available$/m)
  const line = ['describe-connections', '--query', 'connections[].connectionName', '--output', 'yaml']
  const called = await runWith(commands, binary.command, line, { directory: folder })
  assert.deepEqual(called, { status: 0, stdout: '- first\n', stderr: '' })
  const { code, stderr } = await again.end('SIGTERM')
  assert.deepEqual([code, stderr], [0, ''])
}

/** The empty folder in which it is installed now; undefined if that cannot be tried here. */
async function installed(t: TestContext, home: string): Promise<string | undefined> {
  const folder = join(home, 'installed')
  mkdirSync(folder)
  await npm(ownNode, root, ['pack', '--pack-destination', home])
  const [tarball = ''] = globSync('crossconnect-*.tgz', { cwd: home })
  return orSkip(
    t,
    npm(ownNode, folder, ['install', join(home, tarball)]).then(() => folder),
  )
}

/** Without a way to the registry there is nothing to try, unless the machine is one that has to try everything. */
async function orSkip<T>(t: TestContext, fetched: Promise<T>): Promise<T | undefined> {
  try {
    return await fetched
  } catch (error) {
    if (process.env['CROSSCONNECT_REQUIRE_ALL'] === '1' || !isOutOfReach(error)) throw error
    t.skip('SKIPPED the package: npm does not reach what it has to fetch')
    return undefined
  }
}

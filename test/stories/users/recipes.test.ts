// docs/recipes.md: every block that can run here runs, as its reader would run it. Among them is what came of
// aws-cloudformation/cloudformation-coverage-roadmap #876 and org-formation/aws-resource-providers #115: people write custom
// resources, since CloudFormation has none for Direct Connect.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { awsCli, pytest, python, skipWithout } from '../../tools/clients.ts'
import { type Outcome, runWith } from '../../tools/run.ts'
import { startServer } from '../../tools/server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const page = readFileSync(join(root, 'docs/recipes.md'), 'utf8')
const files = [...page.matchAll(/^```\w+\n(?:#|\/\/) (\S+)\n(.*?)^```$/gms)].map(([, name = '', text = '']) => ({
  name,
  text,
}))

/** A folder with the files of the page, and Crossconnect in it. */
function folder(port = 7224): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'crossconnect-recipes-'))
  for (const { name, text } of files)
    if (!name.includes('/')) writeFileSync(join(path, name), text.replaceAll('7224', String(port)))
  symlinkSync(root, join(path, 'crossconnect'))
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

function run(where: string, command: string, args: readonly string[], environment = {}): Promise<Outcome> {
  const path = [join(root, 'node_modules/.bin'), '/usr/bin', process.env['PATH']].join(delimiter)
  return runWith({ PATH: path, HOME: where, ...environment }, command, args, { directory: where })
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(address !== null && typeof address !== 'string' ? address.port : 0))
  })
  return promise
}

function passed({ status, stdout, stderr }: Outcome, count: RegExp): void {
  assert.equal(status, 0, `${stdout}\n${stderr}`)
  assert.match(stdout, count)
}

describe('the recipes run', () => {
  test('in JavaScript, and as a custom resource of CloudFormation', async () => {
    using place = folder()
    await using server = await startServer({ timing: 'instant' })
    const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' }
    const environment = { AWS_ENDPOINT_URL: server.url, ...credentials }
    const args = ['--test', 'hosted.test.mjs', 'handler.test.mjs']
    passed(await run(place.path, 'node', args, environment), /\bpass 2$/m)
  })

  test('with pytest, which starts the server', {
    ...skipWithout('boto3', python),
    ...skipWithout('pytest', pytest),
  }, async () => {
    using place = folder()
    const args = ['-B', '-m', 'pytest', '-q', '-p', 'no:cacheprovider']
    passed(await run(place.path, python ?? '', args), /^2 passed/m)
  })

  test('in CI, with the seed for Terraform, and over days', skipWithout('the AWS CLI', awsCli), async () => {
    using place = folder(await freePort())
    const seeded = await run(place.path, 'bash', [
      '-c',
      `. ./seeded.sh; aws directconnect describe-connections --endpoint-url $AWS_ENDPOINT_URL \\
         --connection-id $TF_VAR_connection_id --query 'connections[0].connectionState' --output text
       kill $!; wait $!`,
    ])
    assert.match(seeded.stdout, /available\n$/, seeded.stderr)
    const days = await run(place.path, 'bash', [
      '-c',
      `. ./start.sh; kill $!; wait $!
       sed -i 's/--timing instant/--timing aws/' start.sh; . ./start.sh
       export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
       . ./days.sh; kill $!; wait $!`,
    ])
    assert.match(days.stdout, /requested\npending\navailable\n$/, days.stderr)
  })
})

test('the page names each of its files once', () => {
  const names = files.map(({ name }) => name)
  assert.deepEqual(names, [...new Set(names)])
  assert.equal(names.length, [...page.matchAll(/^```\w+$/gm)].length)
})

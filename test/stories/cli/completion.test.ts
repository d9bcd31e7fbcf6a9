import assert from 'node:assert/strict'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { operationNames } from '../../../src/cli/operations/entries.ts'
import { routerTypes } from '../../../src/contract/router-types.ts'
import { temporary } from '../../start/process.ts'
import { fish, skipWithout, zsh } from '../../tools/clients.ts'
import { crossconnect } from '../../tools/command-line.ts'
import { type Outcome, runWith } from '../../tools/run.ts'
import { startServer } from '../../tools/server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const nowhere = { url: 'http://127.0.0.1:9' }

/** What may stand in place of the last word. */
async function offered(words: readonly string[], server = nowhere): Promise<readonly string[]> {
  const { status, stdout, stderr } = await crossconnect(server, ['__complete', ...words])
  assert.deepEqual([status, stderr], [0, ''], words.join(' '))
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']))
}

test('every operation and every command is completed', async () => {
  const all = await offered([''])
  for (const name of operationNames) assert.ok(all.includes(name), name)
  for (const name of ['serve', 'backup', 'restore', 'status', 'wait', 'loa', 'router-config', 'operator', 'completion'])
    assert.ok(all.includes(name), name)
  assert.deepEqual(await offered(['describe-la']), ['describe-lags'])
  assert.ok(!all.includes('describe-connection-loa'), 'it is deprecated')
  assert.deepEqual(await offered(['describe-connection-loa', '--connection']), ['--connection-id'])
  assert.deepEqual(await offered(['bogus', '']), all, 'an unknown word is no way into anything')
  assert.deepEqual(await offered(['constructor', '']), all)
})

test('options are completed, those that were given are not', async () => {
  assert.ok((await offered(['describe-lags', '--reg'])).includes('--region'))
  assert.deepEqual(await offered(['describe-lags', '--region', 'us-east-1', '--reg']), [])
  assert.deepEqual(await offered(['--region', 'us-east-1', 'describe-loc']), ['describe-locations'])
  assert.deepEqual(await offered(['loa', '--f']), ['--force'])
  assert.deepEqual(await offered(['serve', '--timi']), ['--timing'])
  assert.deepEqual(await offered(['backup', 'monday.sqlite', '--da']), ['--data'])
  assert.deepEqual(await offered(['status', '--he']), ['--help'])
})

test('values are completed where there is a list of them', async () => {
  assert.deepEqual(await offered(['describe-lags', '--output', '']), ['json', 'yaml', 'table', 'text'])
  assert.deepEqual(await offered(['describe-lags', '--output', '=', 't']), ['table', 'text'])
  assert.deepEqual(await offered(['status', '--output', '=']), ['tree', 'json'])
  assert.deepEqual(await offered(['wait', 'lag', 'av']), ['available'])
  assert.deepEqual(await offered(['wait', 'lag', '--id', 'dxlag-0a1b2c3d', 'av']), ['available'])
  assert.deepEqual(
    await offered(['router-config', 'dxvif-0a1b2c3d', '--vendor', '']),
    routerTypes.map(({ alias }) => alias),
  )
  assert.deepEqual(await offered(['completion', '']), ['bash', 'zsh', 'fish'])
  assert.deepEqual(await offered(['loa', 'dxcon-0a1b2c3d', '-o', '']), [], 'a file is for the shell to complete')
})

test("the operator's commands are completed while their server runs", async () => {
  await using server = await startServer()
  assert.deepEqual(await offered(['operator', 'conn'], server), ['connections'])
  assert.deepEqual(await offered(['operator', 'faults', 'inject', '--kind', ''], server), ['down', 'flap'])
  const creating = ['operator', 'locations', 'create', '--providers', 'One', 'Two', '--cod']
  assert.deepEqual(await offered(creating, server), ['--code'], 'an option ends a list of values')
  assert.deepEqual(await offered(['operator', 'conn']), [])
})

/** A folder with the command in it, for a PATH. */
function installed(folder: string): string {
  const file = join(folder, 'crossconnect')
  writeFileSync(file, `#!/bin/sh\nexec ${root}node_modules/.bin/node ${root}src/main.ts "$@"\n`)
  chmodSync(file, 0o755)
  return file
}

function inShell(folder: string, command: string, args: readonly string[], input = ''): Promise<Outcome> {
  const environment = { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, TERM: 'xterm', LC_ALL: 'C.UTF-8' }
  return runWith(environment, command, args, { input, directory: folder })
}

test('bash completes operations, options and their values', async () => {
  using home = temporary()
  installed(home.path)
  const complete = (...words: readonly string[]) => {
    const list = ['crossconnect', ...words].map((word) => `'${word}'`).join(' ')
    return `COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _crossconnect; echo "\${COMPREPLY[@]}"`
  }
  const script = [
    'source <(crossconnect completion bash)',
    'complete -p crossconnect',
    complete('describe-la'),
    complete('describe-lags', '--out'),
    complete('describe-lags', '--output', ''),
    // In a clone it is no program, but an alias.
    "mv crossconnect program; alias crossconnect='env ./program'",
    complete('describe-la'),
  ].join('\n')
  const { stdout, stderr } = await inShell(home.path, '/bin/bash', ['-c', script])
  assert.equal(stderr, '')
  assert.deepEqual(stdout.split('\n').slice(0, 5), [
    'complete -o bashdefault -o default -F _crossconnect crossconnect',
    'describe-lags',
    '--output',
    'json yaml table text',
    'describe-lags',
  ])
})

test('zsh completes operations, options and their values', skipWithout('completion in zsh', zsh), async () => {
  using home = temporary()
  installed(home.path)
  // What was completed is what is run, so that a function that prints its words shows it.
  const settings = [
    'autoload -Uz compinit && compinit -D -u',
    'source <(crossconnect completion zsh)',
    'crossconnect() { if [[ $1 == __complete ]]; then command crossconnect "$@"; else print -r -- "<$*>"; fi }',
    'PROMPT="" ',
  ]
  writeFileSync(join(home.path, '.zshrc'), settings.join('\n'))
  const typed = [
    'crossconnect describe-la\t',
    'crossconnect describe-lags --out\ty\t',
    'crossconnect wait lag av\t',
    'exit',
  ]
  const { stdout } = await inShell(
    home.path,
    '/usr/bin/script',
    ['-qec', `${zsh} -i`, '/dev/null'],
    `${typed.join('\n')}\n`,
  )
  for (const line of ['<describe-lags>', '<describe-lags --output yaml>', '<wait lag available>'])
    assert.ok(stdout.includes(line), `${line}: ${JSON.stringify(stdout)}`)
})

test('fish completes operations, options and their values', skipWithout('completion in fish', fish), async () => {
  using home = temporary()
  installed(home.path)
  const lines = ['describe-la', 'describe-lags --out', 'describe-lags --output ', 'wait lag av']
  const script = [
    'crossconnect completion fish | source',
    ...lines.map((line) => `complete --do-complete 'crossconnect ${line}'; echo`),
  ].join('\n')
  const { stdout, stderr } = await inShell(home.path, fish ?? '', ['-c', script])
  assert.equal(stderr, '')
  const answers = stdout.split('\n\n').map((answer) => answer.split('\n').map((line) => line.split('\t')[0]))
  assert.deepEqual(answers.slice(0, 4), [
    ['describe-lags'],
    ['--output'],
    ['json', 'yaml', 'table', 'text'],
    ['available'],
  ])
})

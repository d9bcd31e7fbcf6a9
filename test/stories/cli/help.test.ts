import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entries } from '../../../src/cli/command.ts'
import { commands } from '../../../src/cli/commands.ts'
import { entries } from '../../../src/main/entries.ts'
import { crossconnect, near } from '../../tools/command-line.ts'
import { worldOf } from '../../tools/crossconnect.ts'
import { startServer, type TestServer } from '../../tools/server.ts'

/** The words of every command, and of every family of commands, with what the list above it says of it. */
async function everyHelp(level: Entries, server: TestServer, path: readonly string[] = []): Promise<readonly Help[]> {
  const found = await Promise.all(
    Object.entries(level).map(async ([name, { summary, load }]) => {
      const words = [...path, name]
      const command = await load()
      const { status, stdout, stderr } = await crossconnect(server, [...words, '--help'])
      assert.deepEqual([status, stderr], [0, ''], words.join(' '))
      const own: Help = { words, listed: summary, summary: command.summary, text: stdout }
      if ('run' in command) return [own]
      return [own, ...(await everyHelp(await command.entries(worldOf(near(server)).context, []), server, words))]
    }),
  )
  return found.flat()
}

interface Help {
  readonly words: readonly string[]
  readonly listed: string
  readonly summary: string
  readonly text: string
}

test('at every level there is a help with an example, in 80 columns, and the list above says the same', async () => {
  await using server = await startServer()
  const all = await everyHelp({ ...entries, ...commands }, server)
  assert.ok(all.length > 50)
  for (const { words, listed, summary, text } of all) {
    const path = `crossconnect ${words.join(' ')}`
    assert.equal(listed, summary, path)
    const [, examples = ''] = /^Examples?:\n((?: {2}.*\n)+)/m.exec(text) ?? []
    assert.match(examples, new RegExp(`\\b${path}\\b`), text)
    // An example is a whole line, to be pasted.
    for (const line of text.split('\n')) assert.ok(line.length <= 80 || examples.includes(`${line}\n`), line)
  }
})

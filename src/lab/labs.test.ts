import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { labs } from './labs.ts'

const page = new URL('../../docs/labs.md', import.meta.url)

test('what docs/labs.md says is `crossconnect lab …` in a clone is it', () => {
  const words =
    /`npm (.+) …` is `crossconnect lab …`/.exec(readFileSync(page, 'utf8'))?.[1]?.split(' ') ?? assert.fail()
  const printed = execFileSync('npm', ['--silent', ...words, 'list'], { cwd: new URL('../..', import.meta.url) })
  for (const name of Object.keys(labs)) assert.match(String(printed), new RegExp(`^${name} `, 'm'))
})

test('docs/labs.md shows every lab as its file does', async () => {
  const shown = readFileSync(page, 'utf8')
  for (const [name, load] of Object.entries(labs)) {
    const { summary, picture, expected } = await load()
    const section = `### ${name}\n\n${summary.charAt(0).toUpperCase()}${summary.slice(1)}.\n`
    assert.ok(shown.includes(section), section)
    assert.ok(shown.includes(`\`\`\`text${picture}\n\`\`\`\n`), picture)
    assert.ok(shown.includes(`Expected: ${expected.join('; ')}.\n`), expected.join('; '))
  }
})

test('a lab fits a terminal of 80 columns', async () => {
  for (const load of Object.values(labs)) {
    const { summary, picture, expected, next } = await load()
    const lines = [
      ...picture.split('\n'),
      ...expected.map((each) => `- ${each}`),
      ...next.flatMap((each) => `  crossconnect lab ${each}`.split('\n')),
    ]
    assert.deepEqual(
      lines.filter((line) => line.length > 80 || /\s$/.test(line)),
      [],
    )
    assert.ok(summary.length <= 61, summary)
  }
})

import { createInterface } from 'node:readline'
import { UsageError } from '../command.ts'
import type { Context } from '../context.ts'
import { didYouMean } from '../nearest.ts'

export interface Choice {
  readonly name: string
  readonly meaning: string
}

/**
 * Lets a person at a terminal choose, by number or by name; answers the name. All of it is on standard error, so that
 * standard output can go to a file. Throws UsageError when nothing is chosen.
 */
export async function pick(
  { stdin, stderr, stdout }: Context,
  question: string,
  choices: readonly Choice[],
): Promise<string> {
  const names = choices.map(({ name }) => name)
  const width = Math.max(...names.map(({ length }) => length)) + 2
  const rows = choices.map(
    ({ name, meaning }, index) => `${String(index + 1).padStart(3)}  ${name.padEnd(width)}${meaning}`,
  )
  stderr.write(`${rows.map((row) => row.slice(0, stdout.columns - 1)).join('\n')}\n`)
  const lines = createInterface({ input: stdin, terminal: false })
  try {
    const prompt = `${question} (number or name): `
    stderr.write(prompt)
    for await (const line of lines) {
      const said = line.trim().toLowerCase()
      const name = choices[Number(said) - 1]?.name ?? names.find((known) => known === said)
      if (name !== undefined) return name
      stderr.write(said === '' ? prompt : `${said} is none of these${didYouMean(said, names)}\n${prompt}`)
    }
  } finally {
    lines.close()
  }
  stderr.write('\n')
  throw new UsageError(`nothing was chosen; say it with --${question.toLowerCase()}`)
}

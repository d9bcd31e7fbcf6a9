import { type Given, UsageError } from '../command.ts'
import type { JsonValue, Settings } from '../connection/connection.ts'
import type { Context, Output } from '../context.ts'
import { didYouMean } from '../nearest.ts'
import { printable } from '../printable.ts'
import { outputOptions } from './options.ts'

const formats = outputOptions.output.choices
export type Format = (typeof formats)[number]

/** From `--output`, AWS_DEFAULT_OUTPUT or the profile; json where nobody says. */
export function formatOf({ environment }: Context, given: Given, settings: Settings): Format {
  const said = given.text('output') ?? (environment['AWS_DEFAULT_OUTPUT'] || settings['output'] || 'json')
  const format = formats.find((each) => each === said)
  if (format === undefined)
    throw new UsageError(`the output format '${said}': it must be ${formats.join(' or ')}${didYouMean(said, formats)}`)
  return format
}

/** Colours for tables: `--color`, or what the output likes. */
export function coloursOf(given: Given, { colours }: Output): boolean {
  const said = given.text('color') ?? 'auto'
  return said === 'auto' ? colours : said === 'on'
}

/** Prints a value; on a terminal without what the terminal would obey. */
export async function print(
  { stdout }: Context,
  value: JsonValue,
  format: Format,
  { title, colours }: { readonly title: string; readonly colours: boolean },
): Promise<void> {
  const { isTerminal, columns } = stdout
  switch (format) {
    case 'json': {
      const { json, jsonForTerminal } = await import('./json.ts')
      return stdout.write(isTerminal ? jsonForTerminal(json(value)) : json(value))
    }
    case 'text': {
      const { text } = await import('./text.ts')
      return stdout.write(isTerminal ? printable(text(value), 'lines') : text(value))
    }
    case 'yaml': {
      const { yaml } = await import('./yaml.ts')
      return stdout.write(isTerminal ? printable(yaml(value), 'lines') : yaml(value))
    }
    case 'table': {
      const { table } = await import('./table.ts')
      const shown = isTerminal || colours ? withPrintable(value) : value
      return stdout.write(table(title, shown, { columns, colours }))
    }
  }
}

/** Every text in it, before widths are counted. */
function withPrintable(value: JsonValue): JsonValue {
  if (typeof value === 'string') return printable(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withPrintable)
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [printable(key), withPrintable(each as JsonValue)]),
  )
}

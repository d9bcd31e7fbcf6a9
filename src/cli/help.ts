import type { Command, Entries, Family, Option, Options, Positional } from './command.ts'
import { wrapped } from './wrapped.ts'

/** What `crossconnect PATH --help` prints of a command. */
export function commandHelp(path: string, command: Command, columns: number): string {
  const { positionals = [], options } = command
  const required = Object.entries(options).filter(([, option]) => option.required)
  const usage = [
    path,
    ...positionals.map((word) => (word.optional ? `[${word.name}]` : word.name)),
    ...required.map(([name, option]) => optionUsage(name, option)),
    '[options]',
  ].join(' ')
  return page([
    wrapped(`${path}: ${command.summary}`, columns, '  '),
    wrapped(`Usage: ${usage}`, columns, ' '.repeat(9)),
    ...(command.notes === undefined ? [] : [wrapped(command.notes, columns)]),
    examples(command.examples),
    ...(positionals.length === 0 ? [] : [rows('', positionals.map(positionalRow), columns)]),
    ...optionGroups(options, columns),
  ])
}

/** The same of a command that has others beneath it. */
export function familyHelp(path: string, family: Family, entries: Entries, columns: number): string {
  return page([
    wrapped(`${path}: ${family.summary}`, columns, '  '),
    `Usage: ${path} COMMAND [options]`,
    ...(family.notes === undefined ? [] : [wrapped(family.notes, columns)]),
    examples(family.examples),
    entryList('Commands', entries, columns),
    ...optionGroups(family.options, columns),
    `${path} COMMAND --help says more.`,
  ])
}

export const entryList = (title: string, entries: Entries, columns: number): string =>
  rows(
    title,
    Object.entries(entries).map(([name, { summary }]) => [name, summary]),
    columns,
  )

export const examples = (lines: readonly string[]): string =>
  [lines.length === 1 ? 'Example:' : 'Examples:', ...lines.map((line) => `  ${line}`)].join('\n')

export const page = (parts: readonly string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`

/** What a command itself takes, then what all of its kind take. */
function optionGroups(options: Options, columns: number): readonly string[] {
  const group = (general: boolean) =>
    Object.fromEntries(Object.entries(options).filter(([, option]) => (option.general ?? false) === general))
  return [optionList('Options', group(false), columns), optionList('General options', group(true), columns)]
}

export function optionList(title: string, options: Options, columns: number): string {
  const shown = Object.entries(options).filter(([, option]) => !option.hidden)
  return rows(
    title,
    shown.map(([name, option]) => optionRow(name, option)),
    columns,
  )
}

const optionUsage = (name: string, option: Option): string =>
  `--${option.negatable ? '[no-]' : ''}${name}${option.value === null ? '' : ` ${valueUsage(option, option.value)}`}`

function valueUsage(option: Option, value: string): string {
  if (option.many) return `${value} …`
  return option.bare === undefined ? value : `[${value}]`
}

function optionRow(name: string, option: Option): readonly [string, string] {
  const short = option.short === undefined ? '' : `-${option.short}, `
  const values = option.choices ?? option.suggestions
  const choices = values === undefined ? '' : `${option.meaning === '' ? '' : ': '}${values.join(', ')}`
  const extra = option.required ? ' (required)' : option.fallback === undefined ? '' : ` (${option.fallback})`
  return [short + optionUsage(name, option), `${option.meaning}${choices}${extra}`.trim()]
}

const positionalRow = ({ name, meaning, choices }: Positional): readonly [string, string] => [
  name,
  choices === undefined ? meaning : `${meaning}: ${choices.join(', ')}`,
]

const indent = 28

/** Two columns; what is too long on the left gets a line of its own. */
function rows(title: string, pairs: readonly (readonly [string, string])[], columns: number): string {
  if (pairs.length === 0) return ''
  const lines = pairs.map(([left, right]) => {
    const text = right === '' ? '' : wrapped(' '.repeat(indent) + right, columns, ' '.repeat(indent)).slice(indent)
    if (text === '') return `  ${left}`
    return left.length > indent - 4 ? `  ${left}\n${' '.repeat(indent)}${text}` : `  ${left}`.padEnd(indent) + text
  })
  return [...(title === '' ? [] : [`${title}:`]), ...lines].join('\n')
}

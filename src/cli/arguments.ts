import { type Given, type Option, type Options, type Positional, UsageError } from './command.ts'
import { didYouMean } from './nearest.ts'

type Said = string | boolean | readonly string[]

/** Reads what follows a command's name. Throws UsageError; what is required it leaves to `requireAll`. */
export function parseArguments(
  words: readonly string[],
  options: Options,
  positionals: readonly Positional[] = [],
): Given {
  const said = new Map<string, Said>()
  const loose: string[] = []
  let index = 0
  const isValue = (word: string | undefined): word is string => word !== undefined && !isOption(word)
  while (index < words.length) {
    const word = words[index++] ?? ''
    if (word === '--') {
      loose.push(...words.slice(index))
      break
    }
    if (!isOption(word)) {
      loose.push(word)
      continue
    }
    const { name, option, joined, no } = found(word, options)
    const label = `--${no ? 'no-' : ''}${name}`
    if (option.value === null) {
      if (joined !== undefined) throw new UsageError(`${label} takes no value, but it was given '${joined}'`)
      said.set(name, !no)
    } else if (option.many) {
      const values = joined === undefined ? [] : [joined]
      if (joined === undefined) while (isValue(words[index])) values.push(words[index++] ?? '')
      said.set(name, values)
    } else if (joined !== undefined || isValue(words[index])) {
      said.set(name, chosen(label, joined ?? words[index++] ?? '', option))
    } else if (option.bare !== undefined) said.set(name, option.bare)
    else {
      const next = words[index]
      const hint = next === undefined ? '' : `; write ${label}=${next} if '${next}' is the value`
      throw new UsageError(`${label} needs a value (${option.value})${hint}`)
    }
  }
  takeLoose(loose, positionals)
  return {
    text: (name) => {
      const value = said.get(name)
      return typeof value === 'string' ? value : undefined
    },
    flag: (name) => {
      const value = said.get(name)
      return typeof value === 'boolean' ? value : undefined
    },
    list: (name) => {
      const value = said.get(name)
      return typeof value === 'object' ? value : undefined
    },
    positionals: loose,
  }
}

/** Throws UsageError for the first option or positional word that is required and was not given. */
export function requireAll(given: Given, options: Options, positionals: readonly Positional[] = []): void {
  const word = positionals[given.positionals.length]
  if (word !== undefined && !word.optional) throw new UsageError(`${word.name} is missing: ${word.meaning}`)
  const { text, flag, list } = given
  const missing = Object.keys(options).filter(
    (name) => options[name]?.required === true && (text(name) ?? flag(name) ?? list(name)) === undefined,
  )
  if (missing.length > 0)
    throw new UsageError(`the following is required: ${missing.map((each) => `--${each}`).join(', ')}`)
}

/** A lone dash stands for standard input or output, and negative numbers are values. */
const isOption = (word: string) => /^-(-|[a-z]$|[a-z]=)/i.test(word)

interface Found {
  readonly name: string
  readonly option: Option
  /** What follows `=`. */
  readonly joined: string | undefined
  readonly no: boolean
}

function found(word: string, options: Options): Found {
  const [, dashes = '', label = '', joined] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(word) ?? []
  const entries = Object.entries(options)
  if (dashes === '-') {
    const short = entries.find(([, option]) => option.short === label)
    if (short !== undefined) return { name: short[0], option: short[1], joined, no: false }
    throw new UsageError(`unknown option -${label}`)
  }
  const option = Object.hasOwn(options, label) ? options[label] : undefined
  if (option !== undefined) return { name: label, option, joined, no: false }
  const positive = label.replace(/^no-/, '')
  const negated = positive === label || !Object.hasOwn(options, positive) ? undefined : options[positive]
  if (negated?.negatable) return { name: positive, option: negated, joined, no: true }
  throw new UsageError(`unknown option --${label}${didYouMean(label, optionNames(options), '--')}`)
}

/** Every way to write them, without dashes: with `no-` where that is one. */
const optionNames = (options: Options): readonly string[] =>
  Object.entries(options).flatMap(([name, option]) =>
    option.hidden ? [] : option.negatable ? [name, `no-${name}`] : [name],
  )

function chosen(label: string, value: string, { choices }: { readonly choices?: readonly string[] }): string {
  if (choices === undefined || choices.includes(value)) return value
  throw new UsageError(`${label} ${value || "''"}: it must be ${choices.join(' or ')}${didYouMean(value, choices)}`)
}

function takeLoose(loose: readonly string[], positionals: readonly Positional[]): void {
  const extra = loose[positionals.length]
  if (extra !== undefined) throw new UsageError(`'${extra}' is one word too many`)
  for (const [place, word] of loose.entries()) {
    const positional = positionals[place]
    if (positional !== undefined) chosen(positional.name, word, positional)
  }
}

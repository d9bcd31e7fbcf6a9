import type { Command, Entries, Entry, Family, Option, Options } from '../command.ts'
import type { Context } from '../context.ts'
import { generalOptions } from '../general-options.ts'

/** Something that may stand where the cursor is. */
export interface Candidate {
  readonly text: string
  readonly meaning: string
}

/**
 * What may stand in place of the last of these words, which may be empty; without the name of the program. It follows the
 * same tables as the parser. Nothing, where the shell's files are meant.
 */
export async function candidatesFor(
  words: readonly string[],
  context: Context,
  entries: Entries,
): Promise<readonly Candidate[]> {
  const { before, current } = split(words)
  const found = await candidates(before, current, context, entries, generalOptions)
  return found.filter(({ text }) => text.startsWith(current))
}

/** A shell may part `--output=json` at the sign: then it is as if it were two words. */
function split(words: readonly string[]): { readonly before: readonly string[]; readonly current: string } {
  const last = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  if (last === '=') return { before, current: '' }
  return { before: before.at(-1) === '=' ? before.slice(0, -1) : before, current: last }
}

/** `entries`: what may be named here; `options`: what may stand beside the name. */
async function candidates(
  before: readonly string[],
  current: string,
  context: Context,
  entries: Entries,
  options: Options,
): Promise<readonly Candidate[]> {
  const [at] = looseWords(before, options)
  const name = at === undefined ? undefined : before[at]
  const entry = name !== undefined && Object.hasOwn(entries, name) ? entries[name] : undefined
  if (at === undefined || entry === undefined) {
    const value = valueAfter(before, current, options)
    return value ?? (current.startsWith('-') ? optionNames(options, before) : named(entries))
  }
  const rest = before.filter((_, place) => place !== at)
  const found = await entry.load()
  return 'run' in found ? ofCommand(found, rest, current) : ofFamily(found, rest, current, context)
}

async function ofFamily(family: Family, words: readonly string[], current: string, context: Context) {
  // What a server would have to say is not known without it.
  const entries = await family.entries(context, words).catch((): Entries => ({}))
  return candidates(words, current, context, entries, family.options)
}

function ofCommand({ options, positionals = [] }: Command, words: readonly string[], current: string) {
  const value = valueAfter(words, current, options)
  if (value !== undefined) return value
  if (current.startsWith('-')) return optionNames(options, words)
  const positional = positionals[looseWords(words, options).length]
  if (positional !== undefined) return (positional.choices ?? []).map((text) => ({ text, meaning: '' }))
  return current === '' ? optionNames(options, words) : []
}

/** The values of the option whose turn it is; undefined: it is no option's. */
function valueAfter(words: readonly string[], current: string, options: Options): readonly Candidate[] | undefined {
  const place = words.findLastIndex((word) => word.startsWith('--') || /^-[a-z]$/i.test(word))
  const option = place === -1 ? undefined : optionFor(words[place] ?? '', options)
  if (option === undefined || option.value === null) return undefined
  const said = words.length - place - 1
  if (option.many ? current.startsWith('-') : said > 0) return undefined
  return (option.choices ?? option.suggestions ?? []).map((text) => ({ text, meaning: '' }))
}

function optionFor(word: string, options: Options): Option | undefined {
  const label = word.replace(/^--?/, '')
  if (!word.startsWith('--')) return Object.values(options).find(({ short }) => short === label)
  return Object.hasOwn(options, label) ? options[label] : undefined
}

/** The places of the words that are neither options nor values of them. */
function looseWords(words: readonly string[], options: Options): readonly number[] {
  const loose: number[] = []
  let place = 0
  while (place < words.length) {
    const word = words[place++] ?? ''
    if (!word.startsWith('-') || word === '-') loose.push(place - 1)
    else if (!word.includes('=')) {
      const option = optionFor(word, options)
      if (option?.many) while (place < words.length && !words[place]?.startsWith('-')) place++
      else if (option !== undefined && option.value !== null) place++
    }
  }
  return loose
}

function optionNames(options: Options, given: readonly string[]): readonly Candidate[] {
  const said = new Set(given.map((word) => word.replace(/^--(no-)?/, '').replace(/=.*/s, '')))
  const known: Options = { ...options, help: { value: null, meaning: 'says more' } }
  return Object.entries(known)
    .filter(([name, { hidden }]) => !hidden && !said.has(name))
    .flatMap(([name, { meaning, negatable }]) =>
      (negatable ? [name, `no-${name}`] : [name]).map((each) => ({ text: `--${each}`, meaning })),
    )
}

const named = (entries: Entries): readonly Candidate[] =>
  Object.entries(entries).map(([text, { summary }]: [string, Entry]) => ({ text, meaning: summary }))

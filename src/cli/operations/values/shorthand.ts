/** What shorthand says, before the contract has given it types. */
export type Shorthand = string | readonly Shorthand[] | { readonly [key: string]: Shorthand }

/** Shorthand that cannot be read; the message says what was expected and where. */
export class ShorthandError extends Error {
  override readonly name = 'ShorthandError'
}

/**
 * Reads the AWS CLI's shorthand, as its own parser does.
 *
 *     a=b,c=d          two keys                 a=b,c,d=e        a list of b and c, then another key
 *     a=[b,{c=d}]      explicit lists and structures
 *     a='b, c'  a="b"  quoted; \' \" \\ within; unquoted, \, is a comma
 *
 * @source AWS CLI user guide, "Using shorthand syntax"; the grammar in awscli's module `shorthand`
 */
export function parseShorthand(text: string): { readonly [key: string]: Shorthand } {
  const input: Input = { text, index: 0 }
  const entries = new Map<string, Shorthand>()
  for (let isFirst = true; isFirst || input.index < text.length; isFirst = false) {
    const start = input.index
    if (!isFirst) expect(input, ',', 'around')
    const key = readKey(input)
    expect(input, '=', 'around')
    const value = readValues(input)
    if (entries.has(key)) throw new ShorthandError(`the key '${key}' is there twice${at(text, start)}`)
    entries.set(key, value)
  }
  return Object.fromEntries(entries)
}

interface Input {
  readonly text: string
  index: number
}

const blank = /[ \t\n\r\v\f]/
// Classes of characters as the grammar has them: a first word may hold `=`, a later one may not.
const startOfWord = String.raw`!#-&(-+\--<>-Z\\-z|-\uffff`
const firstWord = word(startOfWord, String.raw`\s\u001c-\u001f!#-&(-+\--\\^-|~-\uffff`)
const laterWord = word(startOfWord, String.raw`\s\u001c-\u001f!#-&(-+\--<>-\uffff`)
const quoted = { "'": /'(?:\\\\|\\'|[^'])*'/y, '"': /"(?:\\\\|\\"|[^"])*"/y } as const
// What Python calls space at the end of a word.
// oxlint-disable-next-line no-control-regex -- some of it is
const spaceAtEnd = /(?:(?!\ufeff)[\s\u001c-\u001f\u0085])+$/

function word(start: string, follow: string): RegExp {
  return new RegExp(`(?:\\\\,|[${start}])(?:\\\\,|[${follow}])*`, 'uy')
}

function readKey(input: Input): string {
  const start = input.index
  while (/[A-Za-z0-9\-_.#/:]/.test(current(input))) input.index++
  return input.text.slice(start, input.index)
}

function readValues(input: Input): Shorthand {
  if (input.index >= input.text.length) return ''
  if (current(input) === '[') return readList(input)
  return current(input) === '{' ? readStructure(input) : readCommaSeparated(input)
}

/** `b`, or `b,c`; where `c` turns out to be the key of `c=d`, it goes back to the comma before it. */
function readCommaSeparated(input: Input): Shorthand {
  const values = [readWord(input)]
  skipBlanks(input)
  if (current(input) !== ',') return values[0] ?? ''
  expect(input, ',', 'around')
  while (true) {
    try {
      const value = readLaterWord(input)
      skipBlanks(input)
      if (input.index < input.text.length) expect(input, ',', 'around')
      else {
        values.push(value)
        break
      }
      values.push(value)
    } catch (error) {
      if (!(error instanceof ShorthandError) || input.index >= input.text.length) throw error
      input.index = input.text.lastIndexOf(',', input.index)
      break
    }
  }
  return values.length === 1 ? (values[0] ?? '') : values
}

function readList(input: Input): readonly Shorthand[] {
  const values: Shorthand[] = []
  expect(input, '[', 'around')
  while (current(input) !== ']') {
    values.push(readExplicit(input))
    separate(input, ']')
  }
  expect(input, ']')
  return values
}

function readStructure(input: Input): Shorthand {
  const entries = new Map<string, Shorthand>()
  expect(input, '{', 'around')
  while (current(input) !== '}') {
    const key = readKey(input)
    expect(input, '=', 'around')
    entries.set(key, readExplicit(input))
    separate(input, '}')
  }
  expect(input, '}')
  return Object.fromEntries(entries)
}

function readExplicit(input: Input): Shorthand {
  if (current(input) === '[') return readList(input)
  return current(input) === '{' ? readStructure(input) : readWord(input)
}

function separate(input: Input, end: string): void {
  skipBlanks(input)
  if (current(input) === end) return
  expect(input, ',')
  skipBlanks(input)
}

function readWord(input: Input): string {
  return readQuoted(input) ?? unescaped(match(input, firstWord) ?? '')
}

function readLaterWord(input: Input): string {
  const value = readQuoted(input)
  if (value !== undefined) return value
  const found = match(input, laterWord)
  if (found === undefined) throw expected(input, 'a value')
  return unescaped(found)
}

function readQuoted(input: Input): string | undefined {
  const mark = current(input)
  if (mark !== "'" && mark !== '"') return undefined
  const found = match(input, quoted[mark])
  if (found === undefined) throw expected(input, `a closing ${mark}`)
  return found.slice(1, -1).replaceAll(`\\${mark}`, mark).replaceAll('\\\\', '\\')
}

const unescaped = (text: string) => text.replaceAll('\\,', ',').replace(spaceAtEnd, '')

function match(input: Input, pattern: RegExp): string | undefined {
  pattern.lastIndex = input.index
  const found = pattern.exec(input.text)?.[0]
  input.index += found?.length ?? 0
  return found
}

function expect(input: Input, character: string, blanks?: 'around'): void {
  if (blanks) skipBlanks(input)
  if (current(input) !== character) throw expected(input, `'${character}'`)
  input.index++
  if (blanks) skipBlanks(input)
}

function skipBlanks(input: Input): void {
  while (blank.test(current(input))) input.index++
}

/** The empty string at the end. */
const current = ({ text, index }: Input): string => text[index] ?? ''

const expected = ({ text, index }: Input, what: string): ShorthandError =>
  new ShorthandError(`${what} is expected${at(text, index)}`)

/** The place, without what stands there: it may be a secret. */
const at = (text: string, index: number): string =>
  index >= text.length ? ' at its end' : ` at character ${index + 1}`

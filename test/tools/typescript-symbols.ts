// Follows names through TypeScript: from a piece of code to the declarations that it uses, across files. It reads text, not
// types: it relies on how this repository is formatted (every top-level statement begins in the first column) and does not
// see what is called through a parameter.
import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { type Scan, scan } from './typescript-scan.ts'

const root = new URL('../../', import.meta.url)

/** A stretch of a file. */
export interface Piece {
  readonly path: string
  readonly from: number
  readonly to: number
}

export interface Module extends Pick<Scan, 'code' | 'uncommented'> {
  readonly path: string
  readonly declared: ReadonlyMap<string, Piece>
  /** What is imported for its value: `from` is a path in the repository or a package, `name` its name there. */
  readonly imported: ReadonlyMap<string, { readonly from: string; readonly name: string }>
}

export interface Use {
  readonly at: number
  readonly name: string
  /** `faults.gatewayNotFound` uses one member of a literal object, not all of it. */
  readonly declaration: Piece
}

export function files(...patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
}

const modules = new Map<string, Module>()

export function moduleAt(path: string): Module {
  const known = modules.get(path) ?? read(path)
  modules.set(path, known)
  return known
}

function read(path: string): Module {
  const { code, uncommented } = scan(readFileSync(new URL(path, root), 'utf8'))
  const starts = [...code.matchAll(/^[a-zA-Z_$@]/gm)].map(({ index }) => index)
  const declared = new Map<string, Piece>()
  for (const [order, from] of starts.entries()) {
    const to = starts[order + 1] ?? code.length
    const form =
      /^(?:export\s+)?(?:async\s+)?(?:function\*?|const|let)\s+(?:(?<name>[\w$]+)|[{[](?<names>[^}\]]*)[}\]])/
    const { name, names } = form.exec(code.slice(from, to))?.groups ?? {}
    for (const each of name === undefined ? namesIn(names) : [name]) declared.set(each, { path, from, to })
  }
  const imported = new Map<string, { from: string; name: string }>()
  for (const found of uncommented.matchAll(/^import\s+\{(?<names>[^}]*)\}\s+from\s+'(?<specifier>[^']+)'/gm)) {
    const { names = '', specifier = '' } = found.groups ?? {}
    if (!code.startsWith('import', found.index)) continue
    const from = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier
    for (const part of names.split(',').map((text) => text.trim())) {
      const [name = '', alias = name] = part.split(/\s+as\s+/)
      if (name !== '' && !name.startsWith('type ')) imported.set(alias, { from, name })
    }
  }
  return { path, code, uncommented, declared, imported }
}

function namesIn(pattern: string | undefined): readonly string[] {
  return (pattern ?? '').split(',').flatMap((part) => /([\w$]+)\s*(?:=.*)?$/.exec(part.trim())?.[1] ?? [])
}

export const codeOf = ({ path, from, to }: Piece): string => moduleAt(path).code.slice(from, to)
export const textOf = ({ path, from, to }: Piece): string => moduleAt(path).uncommented.slice(from, to)

export interface Named {
  readonly at: number
  readonly name: string
  readonly member: string | undefined
}

/** The names that a piece uses, but for members of something and keys of literal objects. */
export function namesOf(piece: Piece): readonly Named[] {
  const code = codeOf(piece)
  return [...code.matchAll(/(?<![\w$]|(?<!\.\.)\.)[a-zA-Z_$][\w$]*/g)].flatMap(({ 0: name, index }) => {
    const after = code.slice(index + name.length, index + name.length + 80)
    if (/^\s*:/.test(after) && /[{,]\s*$/.test(code.slice(Math.max(0, index - 80), index))) return []
    return [{ at: piece.from + index, name, member: /^\??\.([\w$]+)/.exec(after)?.[1] }]
  })
}

/** The declarations that a piece uses, of its own file and of those that it imports from the repository, in their order. */
export function usesOf(piece: Piece): readonly Use[] {
  const { declared, imported } = moduleAt(piece.path)
  return namesOf(piece).flatMap(({ at, name, member }) => {
    const origin = imported.get(name)
    const inTree = origin?.from.endsWith('.ts') ? moduleAt(origin.from).declared.get(origin.name) : undefined
    const whole = declared.get(name) ?? inTree
    if (whole === undefined || (whole.path === piece.path && whole.from <= piece.from && piece.to <= whole.to))
      return []
    return [{ at, name, declaration: (member === undefined ? undefined : memberOf(whole, member)) ?? whole }]
  })
}

function memberOf(whole: Piece, member: string): Piece | undefined {
  const code = codeOf(whole)
  if (!/^(?:export\s+)?const\s+[\w$]+[^=]*=\s*\{\n/.test(code)) return undefined
  const members = [...code.matchAll(/^ {2}(?:async )?([\w$]+)\s*[:(,]/gm)]
  const order = members.findIndex((found) => found[1] === member)
  const found = members[order]
  if (found === undefined) return undefined
  return {
    path: whole.path,
    from: whole.from + found.index,
    to: whole.from + (members[order + 1]?.index ?? code.length),
  }
}

/** The arguments of the call whose `(` stands at a position. */
export function argumentsAt(path: string, open: number): readonly Piece[] {
  const { code } = moduleAt(path)
  const found: Piece[] = []
  let depth = 0
  let from = open + 1
  for (let at = open; at < code.length; at++) {
    const character = code.charAt(at)
    if ('([{'.includes(character)) depth++
    const ends = ')]}'.includes(character) && --depth === 0
    if (!ends && !(character === ',' && depth === 1)) continue
    if (code.slice(from, at).trim() !== '') found.push({ path, from, to: at })
    from = at + 1
    if (ends) break
  }
  return found
}

/** The texts that an expression can be: one for a literal, with its holes named, one for each branch of a condition. */
export function textsOf(expression: Piece): readonly string[] {
  const { code } = moduleAt(expression.path)
  const texts: string[] = []
  let depth = 0
  let joins = false
  for (let at = expression.from; at < expression.to; at++) {
    const character = code.charAt(at)
    if ('([{'.includes(character)) depth++
    if (')]}'.includes(character)) depth--
    if (depth === 0 && /[?:+]/.test(character)) joins = character === '+'
    if (!/['"`]/.test(character)) continue
    const end = endOfLiteral(code, at)
    const isCompared = /==\s*$/.test(code.slice(expression.from, at))
    if (depth === 0 && !isCompared) {
      const text = readLiteral(expression.path, at, end)
      texts.push(joins ? `${texts.pop() ?? ''}${text}` : text)
    }
    at = end
  }
  return texts
}

function endOfLiteral(code: string, open: number): number {
  const quote = code.charAt(open)
  if (quote !== '`') return code.indexOf(quote, open + 1)
  for (let at = open + 1; at < code.length; at++) {
    if (code.charAt(at) === '`') return at
    if (code.startsWith('${', at)) at = endOfHole(code, at)
  }
  return code.length
}

/** The `}` that ends the `${` at a position. */
function endOfHole(code: string, open: number): number {
  let depth = 0
  for (let at = open + 1; at < code.length; at++) {
    if (code.charAt(at) === '{') depth++
    if (code.charAt(at) === '}' && --depth === 0) return at
  }
  return code.length
}

function readLiteral(path: string, open: number, end: number): string {
  const { code, uncommented } = moduleAt(path)
  let text = ''
  let from = open + 1
  if (code.charAt(open) === '`') {
    for (let at = from; at < end; at++) {
      if (!code.startsWith('${', at)) continue
      const close = endOfHole(code, at)
      text += plain(uncommented.slice(from, at)) + hole(path, uncommented.slice(at + 2, close).trim())
      from = close + 1
      at = close
    }
  }
  return text + plain(uncommented.slice(from, end))
}

const plain = (text: string) => text.replaceAll(/\\(['"`\\$])/g, '$1')

/** What stands in the place of an expression: a constant's value, a name, or the texts between which it chooses. */
function hole(path: string, expression: string): string {
  // Without its quotes: `quote(id).slice(1, -1)`.
  const quoted = /^quote\(([^()]*)\)(\.slice\(1, -1\))?$/.exec(expression)
  if (quoted?.[1] !== undefined) return quoted[2] === undefined ? `'${hole(path, quoted[1])}'` : hole(path, quoted[1])
  const choices = [...expression.matchAll(/[?:]\s*'([^']*)'/g)].map((found) => found[1])
  if (choices.length > 1) return `{${choices.join(' | ')}}`
  // The first name that is not called, and without the method that is called on it.
  const [name] =
    /(?<![\w$]|(?<!\.\.)\.)[a-zA-Z_$][\w$]*(?![\w$]*\()(?:\??\.[a-zA-Z_$][\w$]*(?![\w$]*\())*/.exec(
      expression.replaceAll(/'[^']*'|\bawait\b/g, ''),
    ) ?? []
  if (name === undefined) return '{…}'
  return (name === expression ? constant(path, name) : undefined) ?? `{${name.replaceAll('?', '')}}`
}

function constant(path: string, name: string): string | undefined {
  const { declared, imported } = moduleAt(path)
  const origin = imported.get(name)
  const declaration =
    declared.get(name) ?? (origin?.from.endsWith('.ts') ? moduleAt(origin.from).declared.get(origin.name) : undefined)
  return declaration === undefined
    ? undefined
    : /^(?:export )?const [\w$]+ = ([\d_]+)\s*$/.exec(textOf(declaration))?.[1]?.replaceAll('_', '')
}

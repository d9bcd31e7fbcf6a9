// Which tests call which operation. A test's title is the rule that it holds.
import { decisionOf, keyOf } from './coverage-refusals.ts'
import {
  argumentsAt,
  codeOf,
  files,
  moduleAt,
  namesOf,
  type Piece,
  textOf,
  textsOf,
  usesOf,
} from './typescript-symbols.ts'

export interface Rule {
  readonly title: string
  readonly path: string
  /** The operations that the test calls, itself or through what stands in its own file. */
  readonly calls: ReadonlySet<string>
  /** Those that test/tools calls for it, to make the ground that it stands on. */
  readonly prepares: ReadonlySet<string>
  /** The declarations of the product that it uses without a server. */
  readonly pieces: ReadonlySet<string>
}

const sdk = '@aws-sdk/client-direct-connect'

/** Every test of the repository, in the order of files and lines. */
export function rulesOf(operations: readonly string[]): readonly Rule[] {
  const spelt = new Map(operations.flatMap((name) => spellings(name).map((spelling) => [spelling, name] as const)))
  const calls = new Map<string, Calls>()

  /** What a piece calls by itself. */
  function callsOf(piece: Piece): Calls {
    const known = calls.get(keyOf(piece)) ?? read(piece)
    calls.set(keyOf(piece), known)
    return known
  }

  function read(piece: Piece): Calls {
    const { imported } = moduleAt(piece.path)
    const named = namesOf(piece).flatMap(({ name }) => {
      const origin = imported.get(name)
      const operation = origin?.from === sdk ? /^(\w+)Command$/.exec(origin.name)?.[1] : undefined
      const decides = origin !== undefined && decisionOf(origin.name)?.path === origin.from
      return operation ?? (decides ? origin.name : [])
    })
    const written = [...textOf(piece).matchAll(targetForm)].flatMap(
      (found) => spelt.get(found[1] ?? found[2] ?? '') ?? [],
    )
    return { operations: [...named, ...written], uses: usesOf(piece).map(({ declaration }) => declaration) }
  }

  function ruleFrom({ title, block }: Block): Rule {
    const called = new Set<string>()
    const prepared = new Set<string>()
    const pieces = new Set<string>()
    const seen = new Set<string>()
    const walk = (piece: Piece, depth: number, into: Set<string>): void => {
      if (seen.has(keyOf(piece))) return
      seen.add(keyOf(piece))
      const { operations: found, uses } = callsOf(piece)
      for (const name of found) into.add(name)
      for (const used of uses) {
        if (used.path.startsWith('src/') && !isTest(used.path)) pieces.add(keyOf(used))
        else if (depth < deepest) walk(used, depth + 1, preparesOnly(used) ? prepared : into)
      }
    }
    walk(block, 0, called)
    return { title, path: block.path, calls: called, prepares: prepared, pieces }
  }

  // These name operations and call none.
  return files('src/**/*.test.ts', 'test/**/*.test.ts')
    .filter((path) => !path.startsWith('src/contract/') && path !== 'test/coverage.test.ts')
    .flatMap((path) => blocksOf(path).map(ruleFrom))
}

interface Calls {
  readonly operations: readonly string[]
  readonly uses: readonly Piece[]
}

/** From a test to its file's function, to a table of calls, to one of them. */
const deepest = 3
const isTest = (path: string) => /\.test(?:-\w+)?\.ts$/.test(path)

/** What test/tools sends by itself makes the ground for a test; what it only writes, the test sends. */
function preparesOnly(piece: Piece): boolean {
  return piece.path.startsWith('test/tools/') && /\bawait\b|\.send\(/.test(codeOf(piece))
}

/** A raw call's target, or a method of boto3's or a command of the CLI's, but not EC2's of the same name. */
const targetForm =
  /(?:[([]|\b(?:target|operation):)\s*'([A-Z]\w+)'|(?<![\w/-]|\bec2[. ])([a-z]+(?:[_-][a-z]+)+)(?![\w-]|\.ts)/g

/** Raw, boto3's and the CLI's. */
function spellings(operation: string): readonly string[] {
  const words = operation.replaceAll(/([A-Z])([A-Z][a-z])|([a-z])([A-Z])/g, '$1$3 $2$4').toLowerCase()
  return [operation, words.replaceAll(' ', '_'), words.replaceAll(' ', '-')]
}

interface Block {
  readonly title: string
  readonly block: Piece
}

/** With the titles of the groups that they stand in. */
function blocksOf(path: string): readonly Block[] {
  const { code } = moduleAt(path)
  const groups: Block[] = []
  const tests: Block[] = []
  for (const found of code.matchAll(/(?<![\w$.])(test|it|describe|suite)(?:\.\w+)?\(/g)) {
    const open = found.index + found[0].length - 1
    const given = argumentsAt(path, open)
    const [first, last] = [given[0], given.at(-1)]
    if (first === undefined || last === undefined || given.length < 2) continue
    const own = textsOf(first)[0] ?? `{${textOf(first).trim()}}`
    const around = groups.filter(({ block }) => block.from < first.from && last.to <= block.to)
    const title = [...around.map((group) => group.title), own].join(': ')
    const isGroup = found[1] === 'describe' || found[1] === 'suite'
    const entry = { title: isGroup ? own : title, block: { path, from: first.from, to: last.to } }
    if (isGroup) groups.push(entry)
    else tests.push(entry)
  }
  return tests
}

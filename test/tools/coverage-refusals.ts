// What an operation can be refused with, read from the code on its way.
import { argumentsAt, codeOf, moduleAt, type Piece, textOf, textsOf, usesOf } from './typescript-symbols.ts'

export interface Refusal {
  readonly code: string
  /** With `{name}` where it names a value. */
  readonly text: string
}

export interface Way {
  readonly refusals: readonly Refusal[]
  /** The declarations on the way that refuse, by themselves or through others; as `keyOf` names them. */
  readonly refusing: ReadonlySet<string>
}

export const keyOf = ({ path, from }: Piece): string => `${path}:${from}`

/** In the order in which they are met, each once. */
export function wayFrom(start: Piece): Way {
  const known = new Map<string, boolean>()
  const refusals = new Map<string, Refusal>()
  /** @returns whether it refuses */
  const walk = (piece: Piece): boolean => {
    const before = known.get(keyOf(piece))
    if (before !== undefined || !piece.path.startsWith('src/product/')) return before ?? false
    known.set(keyOf(piece), false)
    const steps: readonly { readonly at: number; readonly refusal?: Refusal; readonly declaration?: Piece }[] = [
      ...usesOf(piece),
      ...refusalsIn(piece),
    ]
    let refuses = false
    for (const { refusal, declaration } of steps.toSorted((one, other) => one.at - other.at)) {
      if (refusal !== undefined) refusals.set(`${refusal.code} ${refusal.text}`, refusal)
      if (refusal !== undefined || (declaration !== undefined && walk(declaration))) refuses = true
    }
    known.set(keyOf(piece), refuses)
    return refuses
  }
  walk(start)
  const refusing = new Set([...known].flatMap(([key, refuses]) => (refuses ? [key] : [])))
  return { refusals: [...refusals.values()], refusing }
}

/** `refuse('…')`, `conflict('…')` and `new Fault(code, '…')`; what only passes a text on has none of its own. */
function refusalsIn(piece: Piece): readonly { readonly at: number; readonly refusal: Refusal }[] {
  const calls = codeOf(piece).matchAll(/(?<![\w$.]|function )(?:refuse|conflict|new Fault)\(/g)
  return [...calls].flatMap(({ 0: call, index }) => {
    const at = piece.from + index
    const given = argumentsAt(piece.path, at + call.length - 1)
    const [code, message] = call === 'new Fault(' ? given : [undefined, given[0]]
    const name = code === undefined ? 'DirectConnectClientException' : (textsOf(code)[0] ?? textOf(code).trim())
    return (message === undefined ? [] : textsOf(message)).map((text) => ({ at, refusal: { code: name, text } }))
  })
}

/** The file and the declaration that src/api.ts imports for an operation. */
export function decisionOf(operation: string): Piece | undefined {
  const origin = moduleAt('src/api.ts').imported.get(operation)
  return origin === undefined ? undefined : moduleAt(origin.from).declared.get(origin.name)
}

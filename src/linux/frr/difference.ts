/**
 * What has to be said to a daemon of FRR that has one configuration so that it has another, and nothing more: what is the
 * same is not touched, so that a change to one neighbor resets no other.
 *
 * The texts are as FRR writes them, with one space more of indentation a context. Lines of a context are told apart by
 * what they set (`settings`), so that a new value takes the place of the old one; every other line is either there or
 * not, in any order. Lists have no sequence numbers.
 */
export function difference(before: string, after: string): readonly string[] {
  const [was, is] = [parse(before), parse(after)]
  const routers = [...was.contexts.keys()].filter((enter) => isRouter(enter))
  const others = [...was.contexts.keys()].filter((enter) => !isRouter(enter))
  // An entry of a route map is known by its number: if it is to permit instead of deny, it has to go first.
  const numbers = new Set([...is.contexts.keys()].map(numberOf))
  const isGone = (enter: string) => !is.contexts.has(enter)
  const [early = [], late = []] = [true, false].map((isEarly) =>
    [...was.contexts.keys()]
      .filter((enter) => isGone(enter) && (isRouter(enter) || numbers.has(numberOf(enter))) === isEarly)
      .map((enter) => `no ${enter}`),
  )
  return [
    ...early,
    // Whoever refers to something goes before what it refers to,
    ...routers.flatMap((enter) => within(enter, removed(was.contexts.get(enter), is.contexts.get(enter)))),
    // comes after it,
    ...added(was, is, ''),
    // and what nobody refers to any more goes last.
    ...others.flatMap((enter) => within(enter, removed(was.contexts.get(enter), is.contexts.get(enter)))),
    ...late,
    ...removed({ ...was, contexts: new Map() }, is),
  ]
}

/**
 * The lines in portions, of which each is to be said with nothing in between. FRR begins with a neighbor at `timers connect`
 * (peer_timers_connect_set), as soon as nothing else is said. One that answered before its family was known got an OPEN
 * without any, and the session came up a second later.
 */
export function together(lines: readonly string[]): readonly (readonly string[])[] {
  const portions: string[][] = []
  const begun = new Set<string>()
  for (const line of lines) {
    const [, address = '', what] = /^neighbor (\S+) (timers connect|activate)\b/.exec(line) ?? []
    const last = portions.at(-1)
    if (begun.size === 0 || last === undefined) portions.push([line])
    else last.push(line)
    if (what === 'timers connect') begun.add(address)
    else if (what === 'activate') begun.delete(address)
    else if (line === 'exit') begun.clear()
  }
  return portions
}

interface Context {
  readonly lines: Map<string, string>
  readonly contexts: Map<string, Context>
}

/** What has one value: the words before it say what is set. */
const settings: readonly RegExp[] = [
  /^hostname /,
  /^bgp router-id /,
  /^neighbor \S+ (?:remote-as|password|maximum-prefix|timers connect|timers(?! connect)|shutdown|description)(?= |$)/,
  /^set (?:local-preference|metric|as-path prepend|as-path exclude|community|tag|weight) /,
  /^match (?:ip|ipv6) address prefix-list /,
  /^match tag /,
]
const routeMap = /^(neighbor \S+ route-map )\S+( in| out)$/

function keyOf(line: string): string {
  const [, name, direction] = routeMap.exec(line) ?? []
  if (name !== undefined) return `${name}${direction}`
  for (const setting of settings) {
    const [key] = setting.exec(line) ?? []
    if (key !== undefined) return key
  }
  return line
}

function numberOf(enter: string): string {
  return enter.replace(/ (?:permit|deny) /, ' ')
}

function isRouter(enter: string): boolean {
  return enter.startsWith('router ')
}

function parse(text: string): Context {
  const root: Context = { lines: new Map(), contexts: new Map() }
  const path = [root]
  const lines = text.split('\n').filter((line) => !/^\s*(?:!.*|exit\S*)?$/.test(line))
  for (const [index, line] of lines.entries()) {
    const depth = indentation(line)
    path.length = depth + 1
    const context = path[depth]
    if (context === undefined) throw new Error(`a configuration with a line indented too far: ${depth}`)
    if (indentation(lines[index + 1] ?? '') > depth || /^(?:route-map|router) /.test(line)) {
      const inner = context.contexts.get(line.trim()) ?? { lines: new Map(), contexts: new Map() }
      context.contexts.set(line.trim(), inner)
      path.push(inner)
    } else context.lines.set(keyOf(line.trim()), line.trim())
  }
  return root
}

function indentation(line: string): number {
  return line.length - line.trimStart().length
}

/** What is new or has another value, inside its contexts. */
function added(was: Context | undefined, is: Context, enter: string): readonly string[] {
  const lines = [...is.lines].flatMap(([key, line]) => (was?.lines.get(key) === line ? [] : [line]))
  const inner = [...is.contexts].flatMap(([name, context]) => added(was?.contexts.get(name), context, name))
  const isNew = was === undefined
  return enter === '' ? [...lines, ...inner] : within(enter, [...lines, ...inner], isNew)
}

/** What is there no more, inside its contexts. A neighbor that goes takes along all that was said of it. */
function removed(was: Context | undefined, is: Context | undefined): readonly string[] {
  if (was === undefined || is === undefined) return []
  const gone = neighborsOf(was).filter((address) => !neighborsOf(is).includes(address))
  const goesAnyway = (line: string) => gone.some((address) => line.startsWith(`neighbor ${address} `))
  const lines = (from: Context, to: Context | undefined) =>
    [...from.lines].flatMap(([key, line]) =>
      to?.lines.has(key) === true || goesAnyway(line) ? [] : [undoing(key, line)],
    )
  return [
    ...[...was.contexts].flatMap(([name, context]) => within(name, lines(context, is.contexts.get(name)))),
    ...lines(was, is),
    ...gone.map((address) => `no neighbor ${address}`),
  ]
}

function undoing(key: string, line: string): string {
  if (line.startsWith('no ')) return line.slice(3)
  // Not every value that can be set can be named again when it is taken away.
  return `no ${line.startsWith('set ') ? key.trim() : line}`
}

function neighborsOf({ lines }: Context): readonly string[] {
  return [...lines.keys()].flatMap((key) => /^neighbor (\S+) remote-as$/.exec(key)?.[1] ?? [])
}

function within(enter: string, lines: readonly string[], always = false): readonly string[] {
  return lines.length === 0 && !always ? [] : [enter, ...lines, leave(enter)]
}

function leave(enter: string): string {
  return enter.startsWith('address-family ') ? 'exit-address-family' : 'exit'
}

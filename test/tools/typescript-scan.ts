// Reads TypeScript just well enough to see its imports and its code without comments and literals. TypeScript 7 has no
// compiler API, and a plain regular expression takes the example in a comment for an import.

export interface Import {
  readonly specifier: string
  /** `static` is loaded with the file, `dynamic` when `import()` runs, `type` never. */
  readonly kind: 'static' | 'dynamic' | 'type'
  readonly line: number
}

export interface Scan {
  /** The source, position by position, with the insides of comments, strings, templates and regular expressions blank. */
  readonly code: string
  /** The source, position by position, with only its comments blank. */
  readonly uncommented: string
  readonly imports: readonly Import[]
  /** Lines of `import(expression)`, whose target cannot be read. */
  readonly unreadableImports: readonly number[]
}

const token = {
  comment: /\/\/[^\n]*|\/\*[\s\S]*?\*\//y,
  string: /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"/y,
  /** From a backtick, or from the `}` that ends a `${…}`, to the next `${` or the closing backtick. */
  template: /[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)/y,
  pattern: /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y,
  word: /[\w$]+/y,
}
const wordsBeforePattern = new Set([
  'return',
  'typeof',
  'case',
  'await',
  'yield',
  'in',
  'of',
  'do',
  'else',
  'throw',
  'void',
])

/** `literals` has the text of each string by the position of its opening quote. */
function blank(
  source: string,
): Pick<Scan, 'code' | 'uncommented'> & { readonly literals: ReadonlyMap<number, string> } {
  const literals = new Map<number, string>()
  const braces: ('{' | '${')[] = []
  let code = ''
  let uncommented = ''
  let previous = ''
  const at = (kind: RegExp): string | undefined => {
    kind.lastIndex = code.length
    return kind.exec(source)?.[0]
  }
  const hide = (text: string, from: number, to: number): void => {
    code += text.slice(0, from) + text.slice(from, to).replaceAll(/[^\n]/g, ' ') + text.slice(to)
  }
  while (code.length < source.length) {
    uncommented += source.slice(uncommented.length, code.length)
    const next = source.charAt(code.length)
    const comment = at(token.comment)
    const literal = comment === undefined ? at(token.string) : undefined
    const inTemplate = next === '`' || (next === '}' && braces.at(-1) === '${')
    const patternMayStart = /^$|[(,=:[!&|?{};+\-*%<>~^]/.test(previous) || wordsBeforePattern.has(previous)
    if (comment !== undefined) {
      hide(comment, 0, comment.length)
      uncommented += code.slice(uncommented.length)
      continue
    }
    if (literal !== undefined) {
      literals.set(code.length, literal.slice(1, -1))
      hide(literal, 1, literal.length - 1)
      previous = "'"
      continue
    }
    const template = inTemplate ? at(token.template) : undefined
    if (template !== undefined) {
      if (next === '}') braces.pop()
      const opens = template.endsWith('${')
      if (opens) braces.push('${')
      else if (next === '`') literals.set(code.length, template.slice(1, -1))
      hide(template, 1, template.length - (opens ? 2 : 1))
      previous = opens ? '{' : '`'
      continue
    }
    const pattern = next === '/' && patternMayStart ? at(token.pattern) : undefined
    if (pattern !== undefined) {
      hide(pattern, 1, pattern.length - 1)
      previous = '/'
      continue
    }
    if (next === '{') braces.push('{')
    if (next === '}') braces.pop()
    const plain = at(token.word) ?? next
    if (plain.trim() !== '') previous = plain
    code += plain
  }
  return { code, uncommented: uncommented + source.slice(uncommented.length), literals }
}

const importForms: readonly { readonly form: RegExp; readonly kind: 'static' | 'dynamic' }[] = [
  {
    form: /(?<![.\w$])import\s+(?<type>type\s)?\s*(?:[\w$]+\s*,?\s*)?(?:\*\s*as\s+[\w$]+\s*|\{[^{}]*\}\s*)?from\s*(?=['"])/g,
    kind: 'static',
  },
  {
    form: /(?<![.\w$])export\s+(?<type>type\s)?\s*(?:\*(?:\s*as\s+[\w$]+)?|\{[^{}]*\})\s*from\s*(?=['"])/g,
    kind: 'static',
  },
  { form: /(?<![.\w$])import\s*(?=['"])/g, kind: 'static' },
  { form: /(?<![.\w$])import\s*\(\s*/g, kind: 'dynamic' },
]

export function scan(source: string): Scan {
  const { code, uncommented, literals } = blank(source)
  const lineAt = (position: number): number => code.slice(0, position).split('\n').length
  const imports: Import[] = []
  const unreadableImports: number[] = []
  for (const { form, kind } of importForms) {
    for (const match of code.matchAll(form)) {
      const specifier = literals.get(match.index + match[0].length)
      const line = lineAt(match.index)
      if (specifier === undefined) unreadableImports.push(line)
      else imports.push({ specifier, kind: match.groups?.['type'] === undefined ? kind : 'type', line })
    }
  }
  return { code, uncommented, imports, unreadableImports }
}

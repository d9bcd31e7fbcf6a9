import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { api } from '../../src/api.ts'
import { errorsOf, isOperationName, type OperationContract, operations } from '../../src/contract/operations.ts'
import { routerTypes } from '../../src/contract/router-types.ts'
import type { OperationName } from '../../src/contract/types.ts'
import { proofs } from '../golden/router-configs/proofs.ts'
import { decisionOf, type Refusal, wayFrom } from './coverage-refusals.ts'
import { type Rule, rulesOf } from './coverage-rules.ts'

/** What the repository has on one operation. */
interface Covered {
  readonly name: OperationName
  readonly built: boolean
  /** The product's file that decides it. */
  readonly path: string | undefined
  /** Tests of its noun that call it, or have it called to stand on. */
  readonly rules: readonly Rule[]
  /** Tests elsewhere that call it. */
  readonly elsewhere: readonly Rule[]
  /** Tests that call, without a server, what refuses on its way. */
  readonly parts: readonly Rule[]
  readonly refusals: readonly Refusal[]
  /** Errors that it declares and no text on its way has. */
  readonly textless: readonly string[]
}

/** A test that calls more operations than this is of no one of them. */
const mostOperations = Object.keys(operations).length / 3
/** Above this, tests elsewhere are counted and not told. */
const mostTold = 12

export function covered(): { readonly operations: readonly Covered[]; readonly general: readonly Rule[] } {
  const names = Object.keys(api).filter(isOperationName)
  const tests = rulesOf(names)
  const general = tests.filter(({ calls }) => calls.size > mostOperations)
  const particular = tests.filter((rule) => !general.includes(rule))
  return { general, operations: names.map((name) => coveredOne(name, particular)) }
}

function coveredOne(name: OperationName, tests: readonly Rule[]): Covered {
  const decision = decisionOf(name)
  const way = decision === undefined ? { refusals: [], refusing: new Set<string>() } : wayFrom(decision)
  const folder = posix.dirname(decision?.path ?? '')
  const noun = folder.split('/').slice(0, 3).join('/')
  const isRule = ({ path, calls, prepares }: Rule) =>
    (calls.has(name) && path.startsWith(`${noun}/`)) ||
    (prepares.has(name) && operations[name].writes && posix.dirname(path) === folder)
  const isPart = ({ path, calls, prepares, pieces }: Rule) =>
    calls.size + prepares.size === 0 &&
    [...pieces].some((piece) => way.refusing.has(piece) && posix.dirname(piece) === posix.dirname(path))
  return {
    name,
    built: api[name] !== null,
    path: decision?.path,
    rules: tests.filter(isRule),
    elsewhere: tests.filter((rule) => rule.calls.has(name) && !isRule(rule)),
    parts: tests.filter(isPart),
    refusals: way.refusals,
    textless: operations[name].errors.filter((error) => way.refusals.every(({ code }) => code !== error)),
  }
}

/** docs/coverage.md as text, in the order of src/api.ts. */
export function coverage(): string {
  const { operations: all, general } = covered()
  const built = all.filter((operation) => operation.built)
  const always = errorsOf('DescribeLocations').map((name) => `\`${name}\``)
  return `# Coverage

${built.length} of the ${all.length} operations of AWS Direct Connect (API version 2012-10-25) are built. One that is not
answers \`UnknownOperationException\`; none pretends.

- Built without a test that calls it: ${listed(built.filter(({ rules, elsewhere }) => rules.length + elsewhere.length === 0))}.
- Built without an error text of its own: ${listed(built.filter(({ refusals }) => refusals.length === 0))}.
- Built with a declared error that no text has: ${listed(built.filter(({ textless }) => textless.length > 0))}.
- Tests that call operations of every kind: ${general.map(linked).join('; ') || 'none'}. They are not told again below.

| operation | built | | rules | other tests | error texts | remarks |
|---|---|---|---|---|---|---|
${all.map(row).join('\n')}

**How this page is made.** \`npm run coverage\` writes it from the code and the tests; nothing in it is written by hand, and a
test holds it to what would be written. In this repository a rule has a test whose title is the rule's sentence.

- *Rules* are the titles of the tests beside an operation's noun that call the operation: as a command of the SDK, by its
  name, as a method of boto3, as a command of the AWS CLI, through a function of their own file, or, where it writes,
  through one of [test/tools](../test/tools). A test may call an operation only on its way to another rule.
- *Also called* are tests elsewhere that call it themselves, by title where they are few, else counted by folder. *Its
  parts* are tests that call, without a server, a function that refuses on the operation's way.
- *Error texts* are those in the functions that the operation's file leads to, from name to name, within
  [src/product](../src/product). \`{name}\` stands for a value. A text is listed although this operation may never take the
  branch that leads to it. Missing is what comes through a function that is handed over as a value, and what every
  operation can answer before its own code runs: a request that breaks the contract
  ([src/contract/parse.ts](../src/contract/parse.ts)) or is not signed ([src/identity](../src/identity)).
- Every operation can refuse with ${always.join(' and ')}. A text
  without a code is one of the latter; any other code stands behind it.
${groups()
  .map(
    ({ title, names }) =>
      `\n## ${title}\n${names.map((name) => section(all.find((one) => one.name === name))).join('')}`,
  )
  .join('')}
## Routers

[DescribeRouterConfiguration](#describerouterconfiguration) writes for these routers. Of each a text for every kind of
virtual interface is [kept as known to be good](../test/golden/router-configs) and held by a test; *proved* says what
program beside us takes all of them, and refuses them with a mistake, in \`npm test\`.

| identifier | for short | router | known to AWS | proved |
|---|---|---|---|---|
${routerTypes.map(routerRow).join('\n')}

## Beyond single operations

- [What users of Direct Connect met](../test/stories/users), each a test named after what went wrong; those that are
  recipes are [told as such](recipes.md).
- [The sequences of calls of Terraform's provider](../test/stories/terraform), resource by resource.
`
}

function routerRow({
  alias,
  routerTypeIdentifier,
  vendor,
  platform,
  software,
  beyondAws,
}: (typeof routerTypes)[number]): string {
  const proof = proofs[alias]?.says ?? 'not proved'
  return `| \`${routerTypeIdentifier}\` | \`${alias}\` | ${vendor} ${platform}, ${software} | ${beyondAws ? 'no' : 'yes'} | ${proof} |`
}

function row({ name, built, rules, elsewhere, parts, refusals }: Covered): string {
  const { writes, paginated, deprecated, errors }: OperationContract = operations[name]
  const remarks = [...(deprecated ? ['deprecated'] : []), ...(paginated ? ['pages'] : []), ...errors].join(', ')
  const counts = [rules.length, elsewhere.length + parts.length, refusals.length].join(' | ')
  const title = built ? `[${name}](#${name.toLowerCase()})` : name
  return `| ${title} | ${built ? 'yes' : 'no'} | ${writes ? 'writes' : 'reads'} | ${built ? counts : ' | | '} | ${remarks} |`
}

function section(operation: Covered | undefined): string {
  if (operation?.path === undefined) return ''
  const { name, path, rules, elsewhere, parts, refusals } = operation
  const { writes, paginated, deprecated, errors }: OperationContract = operations[name]
  const isFew = rules.length === 0 || elsewhere.length <= mostTold
  const facts = [
    `Decided in [${path}](../${path})`,
    writes ? 'writes' : 'reads',
    ...(paginated ? ['pages'] : []),
    ...(deprecated ? ['deprecated'] : []),
    ...(errors.length > 0 ? [`declares ${errors.map((error) => `\`${error}\``).join(', ')}`] : []),
  ]
  return [
    `\n### ${name}\n\n${facts.join('; ')}.\n`,
    bullets('Rules', rules.map(linked)),
    isFew ? bullets('Also called', elsewhere.map(linked)) : counted('Also called', elsewhere, posix.dirname),
    counted('Its parts', parts, (path) => path),
    bullets(
      'Error texts',
      refusals.map((refusal) => told(refusal, name)),
    ),
  ].join('')
}

function bullets(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${title}:\n\n${[...new Set(lines)].map((line) => `- ${line}\n`).join('')}`
}

function counted(title: string, rules: readonly Rule[], by: (path: string) => string): string {
  if (rules.length === 0) return ''
  const counts = [...Map.groupBy(rules, ({ path }) => by(path))].map(
    ([path, { length }]) =>
      `[${path.replace(/^src\/(?:product\/)?/, '').replace(/\.test\.ts$/, '')}](../${path}) ${length}`,
  )
  return `\n${title} by ${rules.length} ${rules.length === 1 ? 'test' : 'tests'}: ${counts.join(', ')}.\n`
}

function linked({ title, path }: Pick<Rule, 'title' | 'path'>): string {
  return `[${title.replaceAll(/[\\`*<>[\]]/g, String.raw`\$&`)}](../${path})`
}

/** A code that the operation does not declare is answered as the client exception. */
function told({ code, text }: Refusal, name: OperationName): string {
  const declared: readonly string[] = operations[name].errors
  return `\`${text}\`${declared.includes(code) ? ` (${code})` : ''}`
}

function listed(some: readonly Covered[]): string {
  return some.length === 0 ? 'none' : `${some.length} (${some.map(({ name }) => name).join(', ')})`
}

/** The headings that src/api.ts sets over its operations. */
function groups(): readonly { readonly title: string; readonly names: readonly string[] }[] {
  const source = readFileSync(new URL('../../src/api.ts', import.meta.url), 'utf8')
  const [, ...parts] = source.slice(source.indexOf('export const api')).split(/^ {2}\/\/ /m)
  return parts.map((part) => ({
    title: part.split('\n')[0] ?? '',
    names: [...part.matchAll(/^ {2}(\w+)(?=[,:])/gm)].flatMap((found) => found[1] ?? []),
  }))
}

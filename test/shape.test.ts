// The shape of the house (ARCHITECTURE.md), held by tests: each rule is one test, named by its sentence. A rule is a function
// from files to complaints; its test feeds it examples that break it, then examples that only look so, then our own files.
import assert from 'node:assert/strict'
import { globSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { test } from 'node:test'
import { type Import, type Scan, scan } from './tools/typescript-scan.ts'

interface File {
  readonly path: string
  readonly source: string
}

interface Rule {
  readonly title: string
  readonly complaints: (files: readonly File[]) => readonly string[]
  /** Each of these sets of files (path -> source) must be complained about. */
  readonly breaks: readonly Readonly<Record<string, string>>[]
  /** And none of these. */
  readonly keeps: readonly Readonly<Record<string, string>>[]
}

/** The house from left to right: a part may import the parts left of its column, and itself. */
const columns: readonly (readonly string[])[] = [
  ['contract', 'linux'],
  ['product'],
  ['api', 'store', 'fabric', 'identity', 'observe', 'documents'],
  ['engine'],
  ['wire', 'operator'],
  ['main'],
]
/** These are customers of the server like any other: they see the contract, and speak HTTP. */
const outsiders: readonly string[] = ['cli', 'lab', 'console']
/** What several of them need to speak with a server. */
const shared = 'client'
const parts = new Set([...columns.flat(), ...outsiders, shared])

/** A part's interface to the others, where it has more than one implementation: only main names an implementation. */
const interfaces: Readonly<Record<string, string>> = { store: 'src/store/store.ts', fabric: 'src/fabric/fabric.ts' }

/** What may be imported from outside of src. A part without an entry may import anything. */
const outsideImports: Readonly<Record<string, readonly string[]>> = { contract: [], product: ['ip-address'] }

/** Packages that have one home: a single file of a folder. */
const homes: readonly { readonly name: string; readonly folder: string }[] = [
  { name: 'pdfkit', folder: 'src/documents/' },
  { name: 'pg', folder: 'src/store/' },
]

/** Its type may be written out, or be that of text in every database. */
const stateColumn = /\b\w*state["']?\s+(?:\$\{|(?:text|varchar|char|integer|int|bigint|smallint|jsonb?)\b)/gi

/** Slow to load or large in memory. */
const heavy = /^(pdfkit|pg|src\/fabric\/linux\/.*)$/

const rules: readonly Rule[] = [
  {
    title: 'every folder of src is a part of the house',
    complaints: (files) =>
      files.filter(inSource).flatMap(({ path }) => (parts.has(partOf(path)) ? [] : [`${path}: no such part`])),
    breaks: [{ 'src/misc/x.ts': '' }, { 'src/server.ts': '' }],
    keeps: [{ 'src/main.ts': '', 'src/api.ts': '', 'src/product/lags/create-lag.ts': '' }],
  },
  {
    title: `an import points left, siblings never import each other: ${columns.map((c) => c.join(' | ')).join(' <- ')}`,
    complaints: complaintsPerImport(({ from, to }) => {
      if (!to.startsWith('src/') || partOf(to) === partOf(from) || outsiders.includes(partOf(from))) return undefined
      if (columnOf(to) < columnOf(from) || partOf(from) === 'main') return undefined
      return `${partOf(from)} may not import ${partOf(to)}`
    }),
    breaks: [
      { 'src/product/x.ts': "import { a } from '../store/store.ts'" },
      { 'src/product/x.ts': "import type { A } from '../store/store.ts'" },
      { 'src/store/x.ts': "export * from '../fabric/fabric.ts'" },
      { 'src/wire/x.ts': "const a = await import('../operator/a.ts')" },
      { 'src/api.ts': "import '../src/engine/perform.ts'" },
      { 'src/engine/x.ts': "import {\n  type A,\n  b, // from 'here'\n} from '../wire/server.ts'" },
      { 'src/wire/x.ts': "import { a } from '../cli/a.ts'" },
    ],
    keeps: [
      { 'src/wire/x.ts': "import { a } from '../engine/perform.ts'\nimport { api } from '../api.ts'" },
      { 'src/main.ts': "import { a } from './wire/server.ts'\nconst b = await import('./cli/cli.ts')" },
      { 'src/product/x.ts': "// import { a } from '../store/store.ts'\nconst a = \"import '../store/store.ts'\"" },
      { 'src/product/x.ts': "const a = `import '../store/store.ts' ${`import '../wire/a.ts'`}`" },
      { 'src/product/x.ts': "const a = /['\"`]/ // import '../store/store.ts'\nconst b = 4 / 2 // '" },
      { 'src/store/x.test.ts': "import { a } from '../fabric/fabric.ts'" },
    ],
  },
  {
    title: 'what tells Linux what to do knows nothing of the product, and only fabric and lab use it',
    complaints: complaintsPerImport(({ from, to }) => {
      if (!to.startsWith('src/')) return undefined
      const [user, used] = [partOf(from), partOf(to)]
      if (user === 'linux') return used === 'linux' ? undefined : `linux may not import ${used}`
      return used !== 'linux' || ['fabric', 'lab'].includes(user) ? undefined : `${user} may not import linux`
    }),
    breaks: [
      { 'src/product/x.ts': "import { a } from '../linux/links.ts'" },
      { 'src/linux/x.ts': "import { a } from '../contract/operations.ts'" },
      { 'src/main.ts': "import { a } from './linux/links.ts'" },
    ],
    keeps: [
      { 'src/fabric/linux/x.ts': "import { a } from '../../linux/links.ts'" },
      { 'src/lab/x.ts': "import '../linux/links.ts'" },
    ],
  },
  {
    title:
      'cli, lab and console import nothing of the server but its contract; what they share imports nothing of ours',
    complaints: complaintsPerImport(({ from, to }) => {
      const user = partOf(from)
      if (![...outsiders, shared].includes(user) || !to.startsWith('src/')) return undefined
      const allowed = user === shared ? [] : ['contract', shared, ...(user === 'lab' ? ['linux'] : [])]
      return [user, ...allowed].includes(partOf(to)) ? undefined : `${user} may not import ${partOf(to)}`
    }),
    breaks: [
      { 'src/cli/x.ts': "import { a } from '../product/fault.ts'" },
      { 'src/lab/x.ts': "import { a } from '../cli/a.ts'" },
      { 'src/client/x.ts': "import { operations } from '../contract/operations.ts'" },
    ],
    keeps: [
      { 'src/cli/x.ts': "import { operations } from '../contract/operations.ts'\nimport './y.ts'" },
      { 'src/lab/x.ts': "import { a } from '../client/a.ts'" },
    ],
  },
  {
    title: 'contract imports nothing from outside, product nothing but ip-address; no part reaches out of src',
    complaints: complaintsPerImport(({ from, to }) => {
      if (to.startsWith('src/')) return undefined
      if (to.startsWith('./')) return to === './package.json' ? undefined : `${to} is not in src`
      const allowed = outsideImports[partOf(from)]
      return allowed === undefined || allowed.includes(packageOf(to))
        ? undefined
        : `${partOf(from)} may not import ${to}`
    }),
    breaks: [
      { 'src/product/x.ts': "import { createHash } from 'node:crypto'" },
      { 'src/product/x.ts': "import { createHash } from 'crypto'" },
      { 'src/product/x.ts': "import type { Pool } from 'pg'" },
      { 'src/contract/x.ts': "import { Address4 } from 'ip-address'" },
      { 'src/wire/x.ts': "import { a } from '../../test/tools/clients.ts'" },
    ],
    keeps: [
      { 'src/product/x.ts': "import { Address4 } from 'ip-address'" },
      { 'src/store/x.ts': "import { join } from 'node:path'" },
    ],
  },
  {
    title: 'only main names a concrete store or fabric; everybody else sees store.ts and fabric.ts',
    complaints: complaintsPerImport(({ from, to }) => {
      const door = to.startsWith('src/') ? interfaces[partOf(to)] : undefined
      if (door === undefined || door === to || ['main', partOf(to)].includes(partOf(from))) return undefined
      return `${to} is concrete, import ${door}`
    }),
    breaks: [
      { 'src/engine/x.ts': "import { sqlite } from '../store/sqlite.ts'" },
      { 'src/wire/x.ts': "const a = import('../fabric/linux/ovs.ts')" },
    ],
    keeps: [
      { 'src/engine/x.ts': "import type { Store } from '../store/store.ts'\nimport '../fabric/fabric.ts'" },
      { 'src/main.ts': "import { sqlite } from './store/sqlite.ts'" },
      { 'src/fabric/fabric.test.ts': "import { simulated } from './simulated/simulated.ts'" },
    ],
  },
  {
    title: 'import() names its module literally, so that these rules can read it',
    complaints: (files) =>
      files.filter(inCode).flatMap((file) => {
        return scanned(file).unreadableImports.map((line) => `${file.path}:${line}: import() of an expression`)
      }),
    breaks: [{ 'src/main.ts': 'await import(name)' }, { 'src/main.ts': 'await import(`./store/${name}.ts`)' }],
    keeps: [{ 'src/main.ts': "await import('./store/sqlite.ts')\nconst url = import.meta.url" }],
  },
  {
    title:
      'pdfkit, pg and fabric/linux are loaded when first used: no chain of plain imports leads to them from main.ts',
    complaints: (files) => heavyChains(files.filter(inCode), ['src/main.ts']),
    breaks: [
      { 'src/main.ts': "import './documents/a.ts'", 'src/documents/a.ts': "import PDFDocument from 'pdfkit'" },
      { 'src/main.ts': "import { linux } from './fabric/linux/ovs.ts'", 'src/fabric/linux/ovs.ts': '' },
      {
        'src/main.ts': "const { postgres } = await import('./store/postgres.ts')\nimport './store/a.ts'",
        'src/store/a.ts': "export * from './postgres.ts'",
        'src/store/postgres.ts': "import pg from 'pg'",
      },
    ],
    keeps: [
      {
        'src/main.ts':
          "const { postgres } = await import('./store/postgres.ts')\nimport type { A } from './documents/a.ts'",
        'src/store/postgres.ts': "import pg from 'pg'",
        'src/documents/a.ts': "import PDFDocument from 'pdfkit'",
      },
    ],
  },
  {
    title: `a package with a home is imported by one file of it: ${homes.map((h) => `${h.name} in ${h.folder}`).join(', ')}`,
    complaints: (files) =>
      homes.flatMap(({ name, folder }) => {
        const users = files.filter(inCode).filter((file) => importsOf(file).some(({ to }) => packageOf(to) === name))
        const strangers = users.filter(({ path }) => !path.startsWith(folder)).map(({ path }) => path)
        const many = users.length > 1 ? [`${name} is imported by ${users.length} files`] : []
        return [...strangers.map((path) => `${path}: ${name} belongs in ${folder}`), ...many]
      }),
    breaks: [
      { 'src/wire/x.ts': "import PDFDocument from 'pdfkit'" },
      { 'src/documents/x.ts': "import 'pdfkit'", 'src/documents/y.ts': "await import('pdfkit')" },
      { 'src/engine/x.ts': "import { Pool } from 'pg'" },
      { 'src/engine/x.ts': "import { builtins } from 'pg/lib/types'" },
      { 'src/store/x.ts': "import { Pool } from 'pg'", 'src/store/y.ts': "import { Client } from 'pg'" },
    ],
    keeps: [{ 'src/documents/x.ts': "await import('pdfkit')" }],
  },
  {
    title: 'product knows no clock, no chance and no I/O: they come with the snapshot',
    complaints: complaintsPerLine(
      ({ path }) => inCode({ path, source: '' }) && partOf(path) === 'product',
      /\bDate\s*\.\s*now\b|\bnew\s+Date\b(?!\s*\()|(?<![.\w$])Date\s*\(\s*\)|\bTemporal\s*\.\s*Now\b|\bMath\s*\.\s*random\b|(?<![.\w$])(setTimeout|setInterval|setImmediate|fetch|require|queueMicrotask)\s*\(|(?<![.\w$])(process|crypto|performance|console|globalThis)\s*(\?\.|\.|\[)/,
    ),
    breaks: [
      'const now = Date.now()',
      'const now = new Date()',
      'const now = new Date',
      'const now = Date()',
      'const id = Math.random()',
      'setTimeout(() => {}, 1)',
      "const home = process.env['HOME']",
      'const id = crypto.randomUUID()',
      'console.log(1)',
      'const text = `${Date.now()}`',
    ].map((source) => ({ 'src/product/x.ts': source })),
    keeps: [
      { 'src/product/x.ts': 'const day = new Date(now).toISOString() // not Date.now()' },
      { 'src/product/x.ts': "const text = 'Date.now()'\nconst a = macsec.crypto.name" },
      { 'src/engine/clock.ts': 'const now = Date.now()', 'src/product/x.test.ts': 'const now = Date.now()' },
    ],
  },
  {
    title: 'facts are stored, states are derived: no migration makes a state column',
    complaints: (files) =>
      files
        .filter(({ path }) => path.startsWith('src/store/migrations/'))
        .flatMap((file) =>
          [...scanned(file).uncommented.matchAll(stateColumn)].map((found) => `${file.path}: ${found[0]}`),
        ),
    breaks: [
      'db.run(`create table lags (id text, state text not null)`)',
      'db.run(`create table connections (\n  id ${text}, connection_state ${text})`)',
      'db.run(\'alter table lags add column "lagState" integer\')',
    ].map((source) => ({ 'src/store/migrations/001.ts': source })),
    keeps: [{ 'src/store/migrations/001.ts': "db.run('create table a (approved_at bigint)') // no state text" }],
  },
  {
    title: 'no class but an error',
    complaints: complaintsPerLine(
      inCode,
      /(?<![.\w$])class\s+(?!\w+(?:<[^>]*>)?\s+extends\s+[\w.]*(?:Error|Exception|Fault)\b)/,
    ),
    breaks: [{ 'src/engine/x.ts': 'export class Clock {}' }, { 'src/engine/x.ts': 'const A = class extends Map {}' }],
    keeps: [{ 'src/engine/x.ts': "export class BrokenToken extends Error {}\nconst a = 'class A {}'" }],
  },
  {
    title: 'no file of src is longer than 400 lines',
    complaints: (files) =>
      files.filter(inSource).flatMap(({ path, source }) => {
        const lines = source.replace(/\n$/, '').split('\n').length
        return lines > 400 ? [`${path}: ${lines} lines`] : []
      }),
    breaks: [{ 'src/wire/x.ts': 'a\n'.repeat(401) }],
    keeps: [{ 'src/wire/x.ts': 'a\n'.repeat(400) }],
  },
  {
    title: 'no file or folder is a drawer: utils, helpers, common, shared, misc, manager, service, Impl',
    complaints: (files) =>
      files.flatMap(({ path }) => {
        const drawer =
          /^(.*[-_.])?(utils?|helpers?|commons?|shared|misc|managers?|services?|impl)(\.(test\.)?\w+)?$|Impl\b/i
        return path.split('/').some((segment) => drawer.test(segment)) ? [path] : []
      }),
    breaks: [
      'src/utils/a.ts',
      'src/wire/helpers.ts',
      'src/wire/lag-service.ts',
      'src/store/StoreImpl.ts',
      'test/common.test.ts',
    ].map((path) => ({ [path]: '' })),
    keeps: [
      { 'src/wire/companions/sts.ts': '', 'src/product/loa/service-provider.ts': '', 'docs/implementation.md': '' },
    ],
  },
  {
    title: 'no file names a machine of ours: a package registry, or a folder such as the home of root',
    complaints: (files) =>
      files.flatMap(({ path, source }) =>
        source.split('\n').flatMap((text, index) => {
          const found =
            /(?<![\w.~-])\/(?:work|root|home\/\w+)\/|\bregistry=|https?:\/\/registry\.|"resolved":\s+"http/.exec(text)
          return found === null ? [] : [`${path}:${index + 1}: ${found[0]}`]
        }),
      ),
    breaks: [
      { 'README.md': `see ${['', 'work', 'main'].join('/')}` },
      { 'src/wire/x.ts': `const a = '${['', 'root', '.npmrc'].join('/')}'` },
      { '.npmrc': ['registry', 'https://example.com'].join('=') },
      { 'package-lock.json': `"resolved": ${JSON.stringify('https://example.com/a.tgz')}` },
    ],
    keeps: [{ 'README.md': 'https://example.com/work/a and src/root/a and the tree is at / work' }],
  },
]

const scans = new Map<string, Scan>()
const tree = ourFiles()
for (const { title, complaints, breaks, keeps } of rules) {
  test(title, () => {
    for (const files of breaks)
      assert.notDeepEqual(complaints(asFiles(files)), [], `not noticed: ${JSON.stringify(files)}`)
    for (const files of keeps)
      assert.deepEqual(complaints(asFiles(files)), [], `wrongly refused: ${JSON.stringify(files)}`)
    assert.deepEqual(complaints(tree), [])
  })
}

/** Every file of the repository that git does not ignore, read from the disk, so that a copy without git will do. */
function ourFiles(): readonly File[] {
  const ignored = readFileSync('.gitignore', 'utf8').split('\n').filter(Boolean)
  const exclude = ['.git', ...ignored].map((name) => `**/${name.replace(/\/$/, '')}`)
  return globSync(['**/*', '**/.*', '.ci/**/*'], { exclude })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, source: readFileSync(path, 'utf8') }))
}

function asFiles(files: Readonly<Record<string, string>>): readonly File[] {
  return Object.entries(files).map(([path, source]) => ({ path, source }))
}

function inSource({ path }: File): boolean {
  return path.startsWith('src/') && path.endsWith('.ts')
}

/** Source that ships. Tests (x.test.ts, and what only they use: x.test-signer.ts) may import whatever they test. */
function inCode(file: File): boolean {
  return inSource(file) && !/\.test[-.\w]*\.ts$/.test(file.path)
}

/** src/store/sqlite.ts -> store, src/api.ts -> api */
function partOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '')
}

function columnOf(path: string): number {
  const found = columns.findIndex((column) => column.includes(partOf(path)))
  return found === -1 ? columns.length : found
}

/** @fastify/swagger/x -> @fastify/swagger, pg/lib/types -> pg */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function scanned({ source }: File): Scan {
  const known = scans.get(source) ?? scan(source)
  scans.set(source, known)
  return known
}

/** A file's imports; `to` is `src/…`, `./…` (a file of ours outside of src) or a package or `node:` module. */
function importsOf(file: File): readonly (Import & { readonly from: string; readonly to: string })[] {
  return scanned(file).imports.map((found) => {
    const { specifier } = found
    const inTree = posix.join(posix.dirname(file.path), specifier)
    const outside = isBuiltin(specifier) && !specifier.startsWith('node:') ? `node:${specifier}` : specifier
    const to = /^\.{1,2}\//.test(specifier) ? (inTree.startsWith('src/') ? inTree : `./${inTree}`) : outside
    return { ...found, from: file.path, to }
  })
}

function complaintsPerImport(
  complaint: (found: { from: string; to: string }) => string | undefined,
): Rule['complaints'] {
  return (files) =>
    files.filter(inCode).flatMap((file) =>
      importsOf(file).flatMap((found) => {
        const text = complaint(found)
        return text === undefined ? [] : [`${file.path}:${found.line}: ${text}`]
      }),
    )
}

function complaintsPerLine(where: (file: File) => boolean, forbidden: RegExp): Rule['complaints'] {
  return (files) =>
    files.filter(where).flatMap((file) =>
      scanned(file)
        .code.split('\n')
        .flatMap((text, index) => {
          const found = forbidden.exec(text)
          return found === null ? [] : [`${file.path}:${index + 1}: ${found[0].trim()}`]
        }),
    )
}

/** The chains of static imports from an entry to something heavy. */
function heavyChains(files: readonly File[], chain: readonly string[], seen = new Set<string>()): readonly string[] {
  const last = chain.at(-1) ?? ''
  if (heavy.test(last)) return [chain.join(' -> ')]
  const file = files.find(({ path }) => path === last)
  if (file === undefined || seen.has(last)) return []
  seen.add(last)
  return importsOf(file)
    .filter(({ kind }) => kind === 'static')
    .flatMap(({ to }) => heavyChains(files, [...chain, to], seen))
}

// A lab that a test builds with the command that people build it with, and that is gone when the test ends, however it ends.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runningProcesses } from '../../src/linux/daemons.ts'
import { readLinks } from '../../src/linux/links.ts'
import { listNamespaces } from '../../src/linux/namespaces.ts'
import { type Outcome, runWith } from '../tools/run.ts'

const main = join(import.meta.dirname, '../../src/main.ts')

/** As `lab status --output json` shows it. */
export interface Status {
  readonly name: string
  readonly server: string
  readonly hosts: readonly { readonly name: string; readonly address: string; readonly namespace: string }[]
  readonly cables: readonly Sight[]
  readonly sessions: readonly (Sight & { readonly virtualInterfaceId: string })[]
  readonly devices: readonly { readonly name: string; readonly id: string }[]
}

interface Sight {
  readonly name: string
  readonly state: 'up' | 'down'
  readonly reason: string | null
}

export interface World extends AsyncDisposable {
  readonly directory: string
  /** `crossconnect lab …` in the lab's directory. */
  lab(...words: readonly string[]): Promise<Outcome>
  /** The same; what it printed. It has to end well. */
  done(...words: readonly string[]): Promise<string>
  status(): Promise<Status>
  readonly runDirectory: () => string
  /** Kills the lab's server. */
  kill(): void
  /** Takes it down; nothing may be left. */
  down(): Promise<void>
}

/** `crossconnect lab …` */
export const runLab = (...words: readonly string[]): Promise<Outcome> =>
  runWith({}, process.execPath, [main, 'lab', ...words])

/** A lab, built. */
export async function world(name: string): Promise<World> {
  const parent = mkdtempSync(join(tmpdir(), 'crossconnect-lab-'))
  const directory = join(parent, 'lab')
  const lab = (...words: readonly string[]) => runLab(words[0] ?? '', '--directory', directory, ...words.slice(1))
  const done = async (...words: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await lab(...words)
    assert.equal(status, 0, `lab ${words.join(' ')}: ${stderr}${stdout}`)
    return stdout
  }
  const status = async (): Promise<Status> => JSON.parse(await done('status', '--output', 'json'))

  /** Of each lab and each fabric the names of namespaces begin alike. */
  let prefixes: ReadonlySet<string> = new Set()

  /** Where a lab's sockets are. */
  const runDirectory = (): string => {
    const prefix = [...prefixes].find((each) => each.startsWith('xl-')) ?? assert.fail('no namespace of a site')
    return `/run/crossconnect-lab-${prefix.slice('xl-'.length, -1)}`
  }

  async function down(): Promise<void> {
    await done('down')
    assert.deepEqual(
      [...prefixes].flatMap((prefix) => listNamespaces(prefix)),
      [],
    )
    assert.equal(existsSync(directory), false)
    const left = [...runningProcesses().keys()].filter((line) => line.includes(runDirectory()))
    assert.deepEqual(left, [])
    assert.equal(existsSync(runDirectory()), false)
    const interfaces = [...(await readLinks(null)).keys()]
    const ours = [...prefixes].filter((prefix) => prefix.startsWith('xl-')).map((prefix) => prefix.replace('-', ''))
    assert.deepEqual(
      interfaces.filter((each) => ours.some((prefix) => each.startsWith(prefix))),
      [],
    )
  }

  const built = await lab('up', name)
  if (built.status !== 0) {
    await lab('down')
    rmSync(parent, { recursive: true, force: true })
    assert.fail(`lab up ${name}: ${built.stderr}${built.stdout}`)
  }
  prefixes = new Set((await status()).hosts.map(({ namespace }) => namespace.slice(0, namespace.indexOf('-', 3) + 1)))
  return {
    directory,
    lab,
    done,
    status,
    runDirectory,
    kill() {
      for (const [line, pid] of runningProcesses())
        if (line.includes(`\0--data\0${runDirectory()}`)) process.kill(pid, 'SIGKILL')
    },
    down,
    async [Symbol.asyncDispose]() {
      // What cannot be taken down stays, for whoever has to look.
      if (existsSync(directory)) await done('down')
      rmSync(parent, { recursive: true, force: true })
    },
  }
}

/** What `lab fail` printed at its end, milliseconds. */
export function longestGapMs(printed: string): number {
  const [, gap] = /^longest gap: (\d+) ms$/m.exec(printed) ?? []
  assert.ok(gap !== undefined, printed)
  return Number(gap)
}

/** Which way each second of `lab fail` went, and how much was lost, in percent. */
export function secondsOf(printed: string): readonly { readonly way: string; readonly loss: number }[] {
  const rows = printed.matchAll(/^ +\d+ s {2}(.+?) +(\d+) % +(?:-|[\d.]+ ms)$/gm)
  return [...rows].map(([, way = '', loss]) => ({ way, loss: Number(loss) }))
}

// Who beside us says that a configuration is one: programs that read it as the router would.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RouterAlias } from '../../../src/contract/router-types.ts'
import { bgpd, bird, vtysh } from '../../tools/clients.ts'

export interface Proof {
  /** What the coverage page says, such as `accepted by vtysh -C of FRR 8.4`. */
  readonly says: string
  /** What has to be installed; undefined: it is not. */
  readonly program: string | undefined
  /** Throws what the program complains of. */
  readonly check: (text: string) => void
  /** A word of every configuration, and what it is by mistake. */
  readonly mistake: readonly [word: string, wrong: string]
}

/** null: there is no independent program that could say so. */
export const proofs: Readonly<Record<RouterAlias, Proof | null>> = {
  ios: null,
  'ios-3700': null,
  'ios-7200': null,
  'nxos-7000': null,
  nxos: null,
  junos: null,
  'junos-srx': null,
  'junos-t': null,
  panos: null,
  vyos: null,
  sros: null,
  routeros: null,
  eos: null,
  frr: {
    says: 'accepted by `vtysh -C` of FRR 8.4',
    program: vtysh,
    check: (text) => readBy(vtysh, (file) => ['-C', '-f', file], text),
    mistake: ['remote-as', 'remote-sa'],
  },
  bird: {
    says: 'accepted by `bird -p` of BIRD 2.0',
    program: bird,
    check: (text) => readBy(bird, (file) => ['-p', '-c', file], [...marked(text, '#once'), text].join('\n')),
    mistake: ['reject', 'rejetc'],
  },
  openbgpd: {
    says: 'accepted by `bgpd -n` of OpenBGPD 7.7',
    program: bgpd,
    check: (text) => readBy(bgpd, (file) => ['-n', '-f', file], [...marked(text, '#once'), text].join('\n')),
    mistake: ['remote-as', 'remote-sa'],
  },
}

/** What stands behind a mark at the beginning of lines, such as `!$`. */
export function marked(text: string, mark: string): readonly string[] {
  return text.split('\n').flatMap((line) => (line.startsWith(`${mark} `) ? [line.slice(mark.length + 1)] : []))
}

/** The configuration with all that is commented out for somebody to choose. */
export function withChoices(text: string): string {
  return text.replaceAll(/^( *)[!#](?:strict|passive|scope) /gm, '$1')
}

function readBy(program: string | undefined, parameters: (file: string) => readonly string[], text: string): void {
  if (program === undefined) throw new Error('not installed')
  const folder = mkdtempSync(join(tmpdir(), 'crossconnect-router-'))
  try {
    const file = join(folder, 'router.conf')
    // OpenBGPD reads no file that others may read.
    writeFileSync(file, text, { mode: 0o600 })
    execFileSync(program, parameters(file), { stdio: 'pipe' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

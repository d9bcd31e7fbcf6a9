import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderLetter } from '../../../src/documents/letter-pdf.ts'
import type { Scenario } from './scenarios.ts'

/** A letter as readers of PDFs see it. */
export interface Seen {
  /** With its layout. */
  readonly text: string
  /** A PNG a page. */
  readonly pages: readonly Buffer[]
}

/** Prints a letter and looks at it with poppler. */
export async function see({ letter, issuer }: Pick<Scenario, 'letter' | 'issuer'>, dotsPerInch = 60): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'crossconnect-letter-'))
  try {
    const file = join(folder, 'letter.pdf')
    writeFileSync(file, await renderLetter(letter, issuer))
    const text = execFileSync('/usr/bin/pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    execFileSync('/usr/bin/pdftoppm', ['-r', String(dotsPerInch), '-png', file, join(folder, 'page')])
    const names = readdirSync(folder).filter((name) => name.endsWith('.png'))
    return { text, pages: names.toSorted().map((name) => readFileSync(join(folder, name))) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

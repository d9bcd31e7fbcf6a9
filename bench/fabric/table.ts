import { type Row, type Target, verdictOf } from './figure.ts'
import type { Machine } from './machine.ts'

/** The table for people, 80 columns wide but for what is told of each figure. */
export function table(
  rows: readonly Row[],
  about: Machine & { readonly loadBefore: number; readonly loadAfter: number },
): readonly string[] {
  return [
    `${about.host}: Linux ${about.kernel}, ${about.processors}, ${about.memoryGib} GiB`,
    `Open vSwitch ${about.openVswitch}, FRR ${about.frr}, Node ${about.node}; load ${about.loadBefore} before, ${about.loadAfter} after`,
    '',
    line('figure', 'measured', 'target', 'verdict'),
    ...rows.flatMap((row) => [
      line(row.what, `${rounded(row.value)} ${row.unit}`, targetText(row.target), verdictOf(row)),
      ...(row.samples.length > 1 ? [`  of ${row.samples.map(rounded).join(', ')}`] : []),
      ...(row.note === undefined ? [] : [`  ${row.note}`]),
    ]),
    '',
  ]
}

function line(what: string, measured: string, target: string, verdict: string): string {
  return `${what.padEnd(49)} ${measured.padStart(12)} ${target.padStart(8)} ${verdict.padStart(8)}`
}

function targetText(target: Target | null): string {
  if (target === null) return '-'
  return 'below' in target ? `< ${target.below}` : `<= ${target.most}`
}

function rounded(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2)
}

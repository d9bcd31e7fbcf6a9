import { eastAsianWidth } from 'get-east-asian-width'
import type { JsonObject, JsonValue } from '../connection/connection.ts'
import { byCode, isList, isScalar, isStructure, scalarText } from './text.ts'

interface Section {
  readonly title: string
  /** How deep it lies; each level has a bar on either side. */
  readonly depth: number
  headers: readonly string[]
  readonly rows: (readonly string[])[]
}

export interface TableStyle {
  /** Of the terminal; what is wider stands upright: a line for each column. */
  readonly columns: number
  readonly colours: boolean
}

/** Boxes in the manner of the AWS CLI: one for each structure or list, with its name in the middle of its first line. */
export function table(title: string, value: JsonValue, { columns, colours }: TableStyle): string {
  const sections: Section[] = []
  collect(sections, title, value, 0)
  if (sections.length === 0) return ''
  const natural = widest(sections)
  const shown = natural > columns ? sections.map(upright) : sections
  const width = widest(shown)
  const paint = colours ? painted : plain
  return [`${'-'.repeat(width)}\n`, ...shown.flatMap((section) => drawn(section, width, paint))].join('')
}

function collect(sections: Section[], title: string | undefined, value: JsonValue, depth: number): void {
  if (value === null || value === '' || value === 0 || value === false) return
  if (typeof value === 'object' && Object.keys(value).length === 0) return
  let section = sections.at(-1)
  if (title !== undefined || section === undefined) {
    section = { title: title ?? '', depth, headers: [], rows: [] }
    sections.push(section)
  }
  if (isStructure(value)) return collectStructure(sections, section, value, depth)
  if (!isList(value)) return void section.rows.push([scalarText(value)])
  if (value.some(isStructure)) return collectStructures(sections, section, value.filter(isStructure), depth)
  for (const item of value) {
    const current = sections.at(-1) ?? section
    if (isScalar(item)) current.rows.push([scalarText(item)])
    else if (isList(item) && item.every(isScalar)) current.rows.push(item.map(scalarText))
    else collect(sections, undefined, item, depth)
  }
}

function collectStructure(sections: Section[], section: Section, structure: JsonObject, depth: number): void {
  const { scalars, deeper } = keysOf([structure])
  const words = scalars.map((key) => scalarText(structure[key] ?? null))
  if (scalars.length === 1) section.rows.push([...scalars, ...words])
  else if (scalars.length > 1) {
    section.headers = scalars
    section.rows.push(words)
  }
  for (const key of deeper) collect(sections, key, structure[key] ?? null, depth + 1)
}

/** In one box while nothing lies deeper, else in one each. */
function collectStructures(sections: Section[], first: Section, list: readonly JsonObject[], depth: number): void {
  const { scalars, deeper } = keysOf(list)
  let section = first
  section.headers = scalars
  for (const [index, structure] of list.entries()) {
    if (index > 0 && deeper.length > 0) {
      section = { title: first.title, depth, headers: scalars, rows: [] }
      sections.push(section)
    }
    section.rows.push(scalars.map((key) => (Object.hasOwn(structure, key) ? scalarText(structure[key] ?? null) : '')))
    for (const key of deeper)
      if (Object.hasOwn(structure, key)) collect(sections, key, structure[key] ?? null, depth + 1)
  }
}

function keysOf(list: readonly JsonObject[]) {
  const entries = list.flatMap((each) => Object.entries(each))
  const names = (wanted: boolean) =>
    [...new Set(entries.filter(([, value]) => isScalar(value) === wanted).map(([key]) => key))].toSorted(byCode)
  return { scalars: names(true), deeper: names(false) }
}

/** A box with a single row, turned: a line for each of its columns. */
function upright(section: Section): Section {
  const [row] = section.rows
  if (row === undefined || section.rows.length > 1 || section.headers.length === 0) return section
  return { ...section, headers: [], rows: section.headers.map((header, index) => [header, row[index] ?? '']) }
}

const padding = 4

const widest = (sections: readonly Section[]): number => Math.max(...sections.map(naturalWidth))

function naturalWidth(section: Section): number {
  const cells = columnWidths(section).reduce((sum, width) => sum + width + padding, 0)
  return Math.max(textWidth(section.title), cells) + 2 + 2 * section.depth
}

function columnWidths({ headers, rows }: Section): readonly number[] {
  const all = headers.length > 0 ? [headers, ...rows] : rows
  const count = Math.max(0, ...all.map((row) => row.length))
  return Array.from({ length: count }, (_, column) => Math.max(...all.map((row) => textWidth(row[column] ?? ''))))
}

/** The columns' widths when together they have to fill the box. */
function stretched(section: Section, width: number): readonly number[] {
  const natural = columnWidths(section).map((each) => each + padding)
  const sum = natural.reduce((total, each) => total + each, 0)
  const scaled = natural.map((each) => roundHalfEven((width / sum) * each))
  let excess = scaled.reduce((total, each) => total + each, 0) - width
  while (excess !== 0) {
    const order = excess < 0 ? [...scaled.keys()].toReversed() : [...scaled.keys()]
    for (const index of order) {
      if (excess === 0) break
      const step = excess > 0 ? -1 : 1
      scaled[index] = (scaled[index] ?? 0) + step
      excess += step
    }
  }
  return scaled
}

function roundHalfEven(number: number): number {
  const down = Math.floor(number)
  const rest = number - down
  return rest === 0.5 ? down + (down % 2) : Math.round(number)
}

interface Paint {
  readonly cell: (text: string) => string
  readonly bar: (text: string) => string
}
const plain: Paint = { cell: (text) => text, bar: (text) => text }
const painted: Paint = {
  cell: (text) => `\u001b[1m\u001b[34m${text}\u001b[0m`,
  bar: (text) => `\u001b[2m\u001b[33m${text}\u001b[0m`,
}

function drawn(section: Section, outer: number, paint: Paint): readonly string[] {
  const width = outer - 2 * section.depth
  const bars = paint.bar('|').repeat(section.depth)
  const line = (text: string) => `${bars}${text}${bars}\n`
  const { title, headers, rows } = section
  const widths = rows.length > 0 || headers.length > 0 ? stretched(section, width) : []
  const rule = () =>
    line(
      widths.map((each, column) => (column === 0 ? `+${'-'.repeat(each - 2)}+` : `${'-'.repeat(each - 1)}+`)).join(''),
    )
  return [
    ...(title === '' ? [] : [line(centred(title, width, true))]),
    ...(title !== '' && widths.length === 0 ? [line(`+${'-'.repeat(width - 2)}+`)] : []),
    ...(headers.length === 0
      ? []
      : [rule(), line(headers.map((text, column) => centred(text, widths[column] ?? 0, column === 0)).join(''))]),
    ...(rows.length === 0 || widths.length === 0
      ? []
      : [
          rule(),
          ...rows.map((row) =>
            line(widths.map((each, column) => cell(row[column] ?? '', each, column === 0, paint)).join('')),
          ),
          rule(),
        ]),
  ]
}

function centred(text: string, width: number, isFirst: boolean): string {
  const length = textWidth(text)
  const left = Math.max(0, Math.floor(width / 2) - Math.floor(length / 2) - 1)
  const edge = isFirst ? '|' : ''
  return `${edge}${' '.repeat(left)}${text}${' '.repeat(Math.max(0, width - 1 - edge.length - left - length))}|`
}

function cell(text: string, width: number, isFirst: boolean, paint: Paint): string {
  const length = textWidth(text)
  const edge = isFirst ? '|' : ''
  const left = width - (length + 2 + edge.length + 1) >= 0 ? 2 : 0
  return `${edge}${' '.repeat(left)}${paint.cell(text)}${' '.repeat(Math.max(0, width - edge.length - left - length - 1))}|`
}

/** In cells of a terminal; what may be wide is taken to be wide, as the AWS CLI does. */
const textWidth = (text: string): number =>
  Array.from(text).reduce((sum, each) => sum + eastAsianWidth(each.codePointAt(0) ?? 0, { ambiguousAsWide: true }), 0)

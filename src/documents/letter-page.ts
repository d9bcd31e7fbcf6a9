import { encodeQR } from 'qr'
import { groupedCode } from '../product/loa/code.ts'
import type { Issuer } from '../product/loa/issuer/issuer.ts'
import { logoSize } from '../product/loa/issuer/logo.ts'
import type { Letter, LetterPort } from '../product/loa/letter.ts'
import { mediaFor } from '../product/loa/media.ts'
import { type Paper, paperOf } from './paper.ts'
import { ink, type Sheet } from './sheet.ts'

export const title = 'Letter of Authorization and Connecting Facility Assignment'

const margin = 48

/** What one page is about. */
interface Page {
  readonly letter: Letter
  readonly issuer: Issuer
  readonly port: LetterPort
  readonly number: number
  readonly paper: Paper
  /** US Letter is shorter than A4: its parts stand closer. */
  readonly isShort: boolean
  readonly left: number
  readonly right: number
  readonly width: number
}

/** The page for one of a letter's ports; each can be handed on alone. */
export function drawLetterPage(sheet: Sheet, letter: Letter, issuer: Issuer, index: number): void {
  const port = letter.ports[index]
  if (port === undefined) throw new Error(`letter ${letter.id} has no page ${index + 1}`)
  const paper = paperOf(letter.place.country)
  const width = paper.width - 2 * margin
  const isShort = paper.name === 'LETTER'
  const page: Page = {
    letter,
    issuer,
    port,
    number: index + 1,
    paper,
    isShort,
    left: margin,
    right: margin + width,
    width,
  }
  const foot = paper.height - 36
  const gap = page.isShort ? (linesOf(page) > 6 ? 10 : 18) : 20
  let y = drawHead(sheet, page) + gap
  y = drawTitle(sheet, page, y) + gap - 4
  y = drawParties(sheet, page, y) + gap - 2
  y = drawAssignment(sheet, page, y) + gap - 2
  drawInstructions(sheet, page, y)
  drawSignature(sheet, page, foot - 116)
  drawFoot(sheet, page, foot)
}

/** How many lines it has beside those that every letter has. */
function linesOf({ letter, issuer, port }: Page): number {
  const ofLag = letter.subjectId === port.connectionId ? 0 : 2
  return issuer.address.length + issuer.contact.length + letter.place.address.length + ofLag
}

function drawHead(sheet: Sheet, { letter, issuer, number, left, right, paper, isShort }: Page): number {
  const top = isShort ? 30 : 40
  sheet.box({ x: 0, y: 0, width: paper.width, height: 6 }, ink.accent)
  let x = left
  if (issuer.logo !== null) {
    const logo = Buffer.from(issuer.logo, 'base64')
    const size = logoSize(issuer.logo)
    const scale = Math.min(110 / size.width, 46 / size.height)
    sheet.document.image(logo, left, top, { width: size.width * scale, height: size.height * scale })
    x += size.width * scale + 14
  }
  const factsWidth = 178
  const width = right - factsWidth - 16 - x
  let y =
    top + sheet.put(issuer.name, { x, y: top, width, size: 14, bold: true, color: ink.accent, lines: 2, leastSize: 10 })
  for (const text of [...issuer.address, ...issuer.contact])
    y += sheet.put(text, { x, y, width, size: 7.5, color: ink.label, leastSize: 6 })

  const facts: readonly (readonly [label: string, value: string])[] = [
    ['Letter number', letter.id],
    ['Issue date', day(letter.createdAt)],
    ['Expiry date', day(letter.expiresAt)],
    ['Page', `${number} of ${letter.ports.length}`],
  ]
  let factY = top
  for (const [label, value] of facts) {
    sheet.put(label, { x: right - factsWidth, y: factY + 1, width: 66, size: 7.5, color: ink.label })
    sheet.put(value, {
      x: right - factsWidth + 66,
      y: factY,
      width: factsWidth - 66,
      size: 8.5,
      bold: true,
      align: 'right',
      leastSize: 6,
    })
    factY += 14
  }
  const end = Math.max(y, factY) + 8
  sheet.line([left, end], [right, end])
  return end
}

function drawTitle(sheet: Sheet, { letter, left, width }: Page, top: number): number {
  let y = top
  y += sheet.put('Letter of Authorization', { x: left, y, width, size: 20, bold: true })
  y += sheet.put('and Connecting Facility Assignment (LOA-CFA)', { x: left, y, width, size: 11, color: ink.label }) + 7
  const acting = letter.providerName === null ? '' : ', and the provider named beside it on its behalf,'
  const sentence = `The issuer of this letter authorizes the requester named below${acting} to order one cross connect at the location named below, and the operator of that facility to install it to the port assigned on this page.`
  return y + sheet.put(sentence, { x: left, y, width, size: 9.5, lines: 3, leastSize: 8 })
}

function drawParties(sheet: Sheet, { letter, left, width }: Page, top: number): number {
  const gutter = 24
  const half = (width - gutter) / 2
  const { place } = letter
  const requester: readonly Line[] = [
    { text: letter.accountName, lines: 2, leading: true },
    { label: 'Account', text: letter.accountId },
    ...(letter.providerName === null ? [] : [{ label: 'Provider', text: letter.providerName, lines: 2 }]),
  ]
  const location: readonly Line[] = [
    { text: place.name, lines: 2, leading: true },
    ...place.address.map((text) => ({ text })),
    { label: 'Location code', text: place.code },
    { label: 'Meet-me room', text: place.meetMeRoom ?? 'as the facility designates' },
  ]
  const ends = [
    drawBlock(sheet, 'Requester', requester, { x: left, y: top, width: half }),
    drawBlock(sheet, 'Location of the cross connect', location, { x: left + half + gutter, y: top, width: half }),
  ]
  return Math.max(...ends)
}

interface Line {
  readonly text: string
  readonly lines?: number
  /** Printed larger. */
  readonly leading?: true
  readonly label?: string
}

const labelWidth = 66

function drawBlock(
  sheet: Sheet,
  heading: string,
  lines: readonly Line[],
  { x, y: top, width }: { readonly x: number; readonly y: number; readonly width: number },
): number {
  let y = top + sheet.put(heading.toUpperCase(), { x, y: top, width, size: 7.5, bold: true, color: ink.accent }) + 2
  for (const { text, lines: most = 1, leading, label } of lines) {
    const indent = label === undefined ? 0 : labelWidth
    if (label !== undefined) sheet.put(label, { x, y: y + 1.3, width: labelWidth - 4, size: 7.5, color: ink.label })
    const size = leading === true ? 10.5 : 9
    y += sheet.put(text, { x: x + indent, y, width: width - indent, size, lines: most, leastSize: 5.5 })
  }
  return y
}

function drawAssignment(sheet: Sheet, page: Page, top: number): number {
  const { left, width } = page
  const band = 20
  sheet.box({ x: left, y: top, width, height: band }, ink.accent)
  const heading =
    page.letter.ports.length === 1 ? 'Assigned port' : `Assigned port, ${page.number} of ${page.letter.ports.length}`
  sheet.put(heading, { x: left + 10, y: top + 4, width: width - 20, size: 9, bold: true, color: '#ffffff' })
  const rowHeight = page.isShort ? 29 : 31
  const rows = assignment(page)
  for (const [index, row] of rows.entries()) {
    const y = top + band + index * rowHeight
    if (index % 2 === 0) sheet.box({ x: left, y, width, height: rowHeight }, ink.shade)
    const cell = width / row.length
    for (const [column, [label, value, bold]] of row.entries()) {
      const at = { x: left + column * cell + 10, width: cell - 18 }
      sheet.put(label, { ...at, y: y + 3, size: 7, color: ink.label })
      sheet.put(value, { ...at, y: y + 12, size: 9.5, lines: 1.3, leastSize: 5.5, ...(bold ? { bold } : {}) })
    }
  }
  const end = top + band + rows.length * rowHeight
  sheet.document
    .rect(left, top, width, end - top)
    .lineWidth(0.7)
    .stroke(ink.accent)
  return end
}

type Cell = readonly [label: string, value: string, bold?: true]

const unknown = 'not stated'

function assignment({ letter, port }: Page): readonly (readonly Cell[])[] {
  const media = mediaFor(port.bandwidth)
  const isLag = letter.subjectId !== port.connectionId
  const { panel } = port
  return [
    [
      ['Connection', port.connectionId, true],
      ['Name', port.connectionName],
    ],
    ...(isLag
      ? [
          [
            ['Link aggregation group (LAG)', letter.subjectId, true],
            ['Name', letter.subjectName],
          ] as const,
        ]
      : []),
    [
      ['Device', port.deviceId],
      ['Device port', port.portId],
      ['Rack', port.rack ?? unknown],
    ],
    [
      ['Patch panel', panel?.patchPanel ?? unknown],
      ['Panel port', panel === null ? unknown : String(panel.panelPort).padStart(2, '0'), true],
      ['Strand pair', panel === null ? unknown : `${panel.strands[0]} transmit / ${panel.strands[1]} receive`],
    ],
    [
      ['Speed and media', `${port.bandwidth.replace(/(?=[MG]bps)/, ' ')}, ${media.name}`],
      ['Fiber', `Single mode, ${media.wavelength}`],
      ['Connector', media.connector],
    ],
  ]
}

function drawInstructions(sheet: Sheet, { letter, left, width, isShort }: Page, top: number): void {
  const size = isShort ? 8 : 8.5
  let y = top
  y += sheet.put('INSTRUCTIONS', { x: left, y, width, size: 7.5, bold: true, color: ink.accent }) + 2
  const steps = [
    'Before patching, compare the connection, the panel, the panel port and the strand pair with this page. Whatever is connected elsewhere is removed.',
    'Terminate the cross connect at the panel port named above with single-mode fiber. Transmit and receive are as seen from the device; cross the pair so that light arrives at receive.',
    `Complete the cross connect by ${day(letter.expiresAt)}. After that day, or once a newer letter for the port has been downloaded, this letter is void; the code below tells.`,
    'The charges of the facility are between the facility and the requester or its provider.',
  ]
  for (const [index, step] of steps.entries()) {
    sheet.put(`${index + 1}.`, { x: left, y, width: 12, size, color: ink.label })
    y += sheet.put(step, { x: left + 14, y, width: width - 14, size, lines: 2, leastSize: 7 }) + 1.5
  }
}

function drawSignature(sheet: Sheet, { letter, issuer, left, right, width }: Page, top: number): void {
  sheet.line([left, top], [right, top])
  const codeSide = 92
  const half = width - codeSide - 176
  let y = top + 10
  sheet.put('AUTHORIZED BY THE ISSUER', { x: left, y, width: half, size: 7.5, bold: true, color: ink.accent })
  y += 13
  sheet.put(issuer.name, { x: left, y, width: half, size: 9, leastSize: 6.5 })
  y += 46
  for (const [label, x, length] of [
    ['Name and signature', left, half * 0.62],
    ['Date', left + half * 0.68, half * 0.32],
  ] as const) {
    sheet.line([x, y], [x + length, y], ink.text)
    sheet.put(label, { x, y: y + 3, width: length, size: 7.5, color: ink.label })
  }

  const code = groupedCode(letter.code)
  const url = `${letter.publicUrl}/loa/${code}`
  drawCode(sheet, url, { x: right - codeSide, y: top + 10, side: codeSide })
  const x = left + half + 24
  const text = { x, width: right - codeSide - 12 - x }
  sheet.put('VERIFY THIS LETTER', { ...text, y: top + 10, size: 7.5, bold: true, color: ink.accent })
  sheet.put('Scan the code, or open', { ...text, y: top + 24, size: 7.5, color: ink.label })
  sheet.put(`${letter.publicUrl}/loa/`, { ...text, y: top + 35, size: 8, lines: 3, leastSize: 5.5 })
  sheet.put('followed by', { ...text, y: top + 69, size: 7.5, color: ink.label })
  sheet.put(code, { ...text, y: top + 80, size: 11, bold: true, leastSize: 8 })
}

/** Dark modules as one shape, row by row, so that no seams show between them. */
function drawCode(
  sheet: Sheet,
  text: string,
  at: { readonly x: number; readonly y: number; readonly side: number },
): void {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 1 })
  const module = at.side / rows.length
  for (const [row, cells] of rows.entries()) {
    let column = 0
    while (column < cells.length) {
      const first = column
      while (cells[column] === true) column++
      if (column > first)
        sheet.document.rect(at.x + first * module, at.y + row * module, (column - first) * module, module)
      else column++
    }
  }
  sheet.document.fill('#000000')
}

function drawFoot(sheet: Sheet, { letter, port, number, left, right, width }: Page, y: number): void {
  sheet.line([left, y], [right, y])
  const pages = `Page ${number} of ${letter.ports.length}`
  sheet.put(`${letter.id} · ${port.connectionId} · Dates are UTC`, {
    x: left,
    y: y + 5,
    width: width - 80,
    size: 7,
    color: ink.label,
  })
  sheet.put(pages, { x: right - 80, y: y + 5, width: 80, size: 7, color: ink.label, align: 'right' })
}

/** A day, such as `2026-11-21`; the letter is read in many countries. */
function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

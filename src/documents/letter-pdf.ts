import PdfDocument from 'pdfkit'
import type { Letter, LetterPort } from '../product/loa/letter.ts'
import { winAnsi } from './win-ansi.ts'

const title = 'Letter of Authorization and Connecting Facility Assignment'

/** Points. */
const page = { left: 56, width: 483, gutter: 24 }
const ink = { text: '#1c2733', label: '#5b6b7b', rule: '#c3ccd5', accent: '#0b5c7a', shade: '#eef3f6' }
const regular = 'Helvetica'
const bold = 'Helvetica-Bold'

type Sheet = PDFKit.PDFDocument

/** The letter as a PDF of one page. Nothing but the facts decides its bytes. */
export async function renderLetter(letter: Letter): Promise<Uint8Array> {
  const issued = new Date(letter.issuedAt)
  const sheet = new PdfDocument({
    size: 'A4',
    // Whatever is printed has its place; nothing may flow onto a second page.
    margin: 0,
    // Compressed bytes would differ from one release of the compressor to the next.
    compress: false,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `${title}: ${letter.subjectId}`,
      Author: 'Crossconnect',
      Creator: 'Crossconnect',
      Producer: 'Crossconnect',
      CreationDate: issued,
      ModDate: issued,
    },
  })
  const chunks: Uint8Array[] = []
  sheet.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => sheet.on('end', resolve))
  draw(sheet, letter)
  sheet.end()
  await ended
  return Buffer.concat(chunks)
}

function draw(sheet: Sheet, letter: Letter): void {
  drawHead(sheet, letter)
  const afterFacts = drawFacts(sheet, letter, 168)
  const afterTable = drawPorts(sheet, letter.ports, afterFacts + 18)
  drawAuthorisation(sheet, letter, afterTable + 22)
  drawSignature(sheet, 700)
  drawFoot(sheet, letter)
}

function drawHead(sheet: Sheet, letter: Letter): void {
  sheet.rect(0, 0, sheet.page.width, 8).fill(ink.accent)
  put(sheet, 'Crossconnect', { x: page.left, y: 40, font: bold, size: 17, color: ink.accent })
  put(sheet, `LOA-CFA  ${letter.subjectId}`, { x: page.left, y: 46, size: 9, color: ink.label, align: 'right' })
  put(sheet, 'Letter of Authorization and', { x: page.left, y: 88, font: bold, size: 20 })
  put(sheet, 'Connecting Facility Assignment', { x: page.left, y: 112, font: bold, size: 20 })
  rule(sheet, 148)
}

/** What the letter is about, in two columns of label and value. Returns where the next part may begin. */
function drawFacts(sheet: Sheet, letter: Letter, top: number): number {
  const columns: readonly (readonly (readonly [label: string, value: string])[])[] = [
    [
      ['Issued by', 'Crossconnect'],
      ['Issue date', date(letter.issuedAt)],
      ['Expiry date', date(letter.expiresAt)],
    ],
    [
      ['Requested by', `${letter.accountName}\nAccount ${letter.accountId}`],
      ...(letter.providerName === null ? [] : [['Service provider', letter.providerName] as const]),
      ['Location', `${letter.locationCode}\n${letter.locationName}`],
    ],
  ]
  const width = (page.width - page.gutter) / 2
  const ends = columns.map((facts, column) => {
    const x = page.left + column * (width + page.gutter)
    let y = top
    for (const [label, value] of facts) {
      put(sheet, label.toUpperCase(), { x, y, size: 7.5, color: ink.label, width })
      y += 12
      for (const line of value.split('\n')) y += put(sheet, line, { x, y, size: 10.5, width, height: 26 })
      y += 9
    }
    return y
  })
  return Math.max(...ends)
}

const columns: readonly (readonly [heading: string, width: number, cell: (port: LetterPort) => string])[] = [
  ['Connection', 82, (port) => port.connectionId],
  ['Name', 116, (port) => port.connectionName],
  ['Speed', 50, (port) => port.bandwidth],
  ['Device', 108, (port) => port.deviceId],
  ['Port', 60, (port) => port.portId],
  ['Media', 67, (port) => `${port.media} single mode`],
]

/** Returns where the next part may begin. */
function drawPorts(sheet: Sheet, ports: readonly LetterPort[], top: number): number {
  const headingHeight = 22
  sheet.rect(page.left, top, page.width, headingHeight).fill(ink.accent)
  let x = page.left
  for (const [heading, width] of columns) {
    put(sheet, heading, { x: x + 5, y: top + 7, font: bold, size: 8.5, color: '#ffffff', width: width - 8 })
    x += width
  }
  let y = top + headingHeight
  for (const [index, port] of ports.entries()) {
    const cells = columns.map(([, width, cell]) => ({ width, text: winAnsi(cell(port)) }))
    sheet.font(regular).fontSize(8.5)
    const heights = cells.map(({ text, width }) => sheet.heightOfString(text, { width: width - 8 }))
    const height = Math.min(Math.max(...heights), 54) + 12
    if (index % 2 === 0) sheet.rect(page.left, y, page.width, height).fill(ink.shade)
    x = page.left
    for (const { text, width } of cells) {
      put(sheet, text, { x: x + 5, y: y + 6, size: 8.5, width: width - 8, height: height - 10 })
      x += width
    }
    y += height
  }
  rule(sheet, y)
  return y
}

function drawAuthorisation(sheet: Sheet, letter: Letter, top: number): void {
  const provider = letter.providerName === null ? '' : ', and the service provider who acts for it,'
  const ports = letter.ports.length === 1 ? 'the port' : 'the ports'
  const paragraphs = [
    `Crossconnect authorizes the requester named above${provider} to order and install a cross connect to ${ports} listed above, which Crossconnect has assigned to this request. The operator of the facility may run the cable to the demarcation point of the named device and terminate it there. All charges for the cross connect are between the requester and the facility.`,
    `Before patching, compare the connection, the device and the port with this letter; a cable on any other port is removed. Single-mode fiber is required. Auto-negotiation must be off on ports faster than 1 Gbps.`,
    `The cross connect has to be complete by ${date(letter.expiresAt)}. After that day this letter is void, and a new one has to be downloaded; downloading again replaces this letter.`,
  ]
  let y = top
  for (const text of paragraphs)
    y += put(sheet, text, { x: page.left, y, size: 9.5, height: 62, lineGap: 2.5, width: page.width }) + 8
}

function drawSignature(sheet: Sheet, y: number): void {
  const width = (page.width - page.gutter) / 2
  for (const [column, label] of ['Authorized signature, for Crossconnect', 'Date'].entries()) {
    const x = page.left + column * (width + page.gutter)
    sheet
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(0.75)
      .stroke(ink.text)
    put(sheet, label, { x, y: y + 6, size: 8, color: ink.label, width })
  }
}

function drawFoot(sheet: Sheet, letter: Letter): void {
  rule(sheet, 784)
  const text = `${letter.subjectId}, issued ${date(letter.issuedAt)}, valid until ${date(letter.expiresAt)}. Dates are UTC.`
  put(sheet, text, { x: page.left, y: 793, size: 7.5, color: ink.label })
}

interface Placing {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly width?: number
  /** Cut off with an ellipsis beyond it. */
  readonly height?: number
  readonly font?: string
  readonly color?: string
  readonly align?: 'left' | 'right'
  readonly lineGap?: number
}

/** Prints one block of text and returns the height that it took. */
function put(sheet: Sheet, text: string, placing: Placing): number {
  const {
    x,
    y,
    size,
    font = regular,
    color = ink.text,
    width = page.width,
    height,
    align = 'left',
    lineGap = 0,
  } = placing
  sheet.font(font).fontSize(size).fillColor(color)
  const options = { width, align, lineGap, ...(height === undefined ? {} : { height, ellipsis: true }) }
  sheet.text(winAnsi(text), x, y, options)
  return sheet.y - y
}

function rule(sheet: Sheet, y: number): void {
  sheet
    .moveTo(page.left, y)
    .lineTo(page.left + page.width, y)
    .lineWidth(0.75)
    .stroke(ink.rule)
}

/** A day, such as `2026-11-21`; the letter is read in many countries. */
function date(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

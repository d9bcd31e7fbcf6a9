import PDFDocument from 'pdfkit'
import type { Letter } from '../product/loa/letter.ts'

/** The letter as a PDF of one page. Nothing but the facts decides its bytes. */
export async function renderLetter(letter: Letter): Promise<Uint8Array> {
  const issued = new Date(letter.issuedAt)
  const document = new PDFDocument({ size: 'A4', info: { CreationDate: issued, ModDate: issued } })
  const chunks: Uint8Array[] = []
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => document.on('end', resolve))
  document.text(letter.subjectId)
  document.end()
  await ended
  return Buffer.concat(chunks)
}

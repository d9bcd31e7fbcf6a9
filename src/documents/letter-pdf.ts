import PdfDocument from 'pdfkit'
import type { Issuer } from '../product/loa/issuer/issuer.ts'
import type { Letter } from '../product/loa/letter.ts'
import { loadFonts } from './fonts.ts'
import { drawLetterPage, title } from './letter-page.ts'
import { paperOf } from './paper.ts'
import { sheetOn } from './sheet.ts'

/** The letter as a PDF of one page a port. Nothing but the facts decides its bytes. */
export async function renderLetter(letter: Letter, issuer: Issuer): Promise<Uint8Array> {
  const bold = [issuer.name, letter.id, letter.subjectId]
  const fonts = await loadFonts([...bold, ...textsOf(letter), ...issuer.address, ...issuer.contact], bold)
  const issued = new Date(letter.createdAt)
  const document = new PdfDocument({
    size: paperOf(letter.place.country).name,
    // Whatever is printed has its place; nothing may flow onto another page.
    margin: 0,
    autoFirstPage: false,
    // Compressed bytes would differ from one release of the compressor to the next.
    compress: false,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `${title} ${letter.id}`,
      Author: 'Crossconnect',
      Creator: 'Crossconnect',
      Producer: 'Crossconnect',
      CreationDate: issued,
      ModDate: issued,
    },
  })
  const chunks: Uint8Array[] = []
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    document.on('end', resolve)
    document.on('error', reject)
  })
  const sheet = sheetOn(document, fonts)
  for (const index of letter.ports.keys()) {
    document.addPage()
    drawLetterPage(sheet, letter, issuer, index)
  }
  document.end()
  await ended
  return Buffer.concat(chunks)
}

/** Everything in it that somebody may have named. */
function textsOf({ place, ports, ...letter }: Letter): readonly string[] {
  const { accountName, providerName, subjectName } = letter
  const ofPorts = ports.flatMap(({ connectionName, deviceId, rack, panel }) => [
    connectionName,
    deviceId,
    rack,
    panel?.patchPanel,
  ])
  const all = [accountName, providerName, subjectName, place.name, place.code, place.meetMeRoom, ...place.address]
  return [...all, ...ofPorts].filter((text) => typeof text === 'string')
}

import { type Face, facesFor, mostFaces } from './faces.ts'
import { fontFile, type Weight } from './font-file.ts'
import { replacement } from './printable.ts'
import { type Glyphs, withFaces } from './typeset.ts'

/** Whatever a document says in its own words, in both weights. */
const ownCharacters = `${String.fromCodePoint(...Array.from({ length: 95 }, (_, index) => 0x20 + index))}·–…${replacement}`

/** The texts of one document, each with its faces, and the files of these. */
export interface Fonts {
  readonly glyphsOf: (text: string) => readonly Glyphs[]
  /** By `fontName`. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

export function fontName(face: Face, weight: Weight): string {
  return `${face.name} ${weight}`
}

/**
 * Loads what some texts need and nothing else.
 * @param texts what comes from outside; a document's own words need not be named
 * @param bold which of them are printed bold
 */
export async function loadFonts(texts: readonly string[], bold: readonly string[]): Promise<Fonts> {
  const latin = await facesFor('')
  const [base] = latin
  if (base === undefined) throw new Error('there is no Latin face')
  const chosen = new Map<string, readonly Glyphs[]>()
  for (const text of new Set(texts)) chosen.set(text, withFaces(text, await facesFor(text)))

  const faces = new Set([base, ...[...chosen.values()].flat().map((glyph) => glyph.face)])
  const loaded = new Set([...faces].slice(0, mostFaces))
  const instead: Glyphs = { text: replacement, face: base }
  const printed = new Map(
    [...chosen].map(([text, glyphs]) => [text, glyphs.map((glyph) => (loaded.has(glyph.face) ? glyph : instead))]),
  )

  const files = new Map<string, Uint8Array>()
  const load = async (weight: Weight, all: readonly (readonly Glyphs[])[]) => {
    const byFace = Map.groupBy([...all.flat(), { text: ownCharacters, face: base }], (glyph) => glyph.face)
    for (const [face, glyphs] of byFace) {
      const points = new Set(glyphs.flatMap(({ text }) => Array.from(text, (point) => point.codePointAt(0) ?? 0)))
      files.set(fontName(face, weight), await fontFile(face, weight, points))
    }
  }
  await load(400, [...printed.values()])
  await load(
    700,
    bold.map((text) => printed.get(text) ?? []),
  )
  return { glyphsOf: (text) => printed.get(text) ?? withFaces(text, latin), files }
}

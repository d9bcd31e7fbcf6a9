import { type Face, facesFor, mostFaces } from './faces.ts'
import { charactersOf, fontFile, type Weight } from './font-file.ts'
import { replacement, visibleCharacters } from './printable.ts'
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
  const [latin] = await facesFor('')
  if (latin === undefined) throw new Error('there is no Latin face')
  const base = await really(latin)
  const loaded = new Map([[latin, base]])
  const printed = new Map<string, readonly Glyphs[]>()
  for (const text of new Set(texts)) {
    const faces = await facesFor(text)
    await loadInto(loaded, text, faces)
    printed.set(
      text,
      withFaces(
        text,
        faces.flatMap((face) => loaded.get(face) ?? []),
      ),
    )
  }

  const files = new Map<string, Uint8Array>()
  const load = async (weight: Weight, all: readonly (readonly Glyphs[])[]) => {
    const byName = Map.groupBy([...all.flat(), { text: ownCharacters, face: base }], (glyph) => glyph.face.name)
    for (const glyphs of byName.values()) {
      const [{ face } = { face: base }] = glyphs
      const points = new Set(glyphs.flatMap(({ text }) => Array.from(text, (point) => point.codePointAt(0) ?? 0)))
      files.set(fontName(face, weight), await fontFile(face, weight, points))
    }
  }
  await load(400, [...printed.values()])
  await load(
    700,
    bold.map((text) => printed.get(text) ?? []),
  )
  return { glyphsOf: (text) => printed.get(text) ?? withFaces(text, [base]), files }
}

/** Adds, for each character of a text, the first face that has it, until a document has as many as it may have. */
async function loadInto(loaded: Map<Face, Face>, text: string, faces: readonly Face[]): Promise<void> {
  for (const character of new Set(visibleCharacters(text).join('')))
    for (const face of faces) {
      const point = character.codePointAt(0) ?? 0
      if (!face.holds(point)) continue
      if (!loaded.has(face) && loaded.size < mostFaces) loaded.set(face, await really(face))
      if (loaded.get(face)?.holds(point) === true) break
    }
}

/** The face with what it really has. */
async function really(face: Face): Promise<Face> {
  const characters = await charactersOf(face)
  return { ...face, holds: (codePoint) => characters.has(codePoint) }
}

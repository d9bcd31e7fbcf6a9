import bidiFactory, { type Bidi } from 'bidi-js'
import type { Face } from './faces.ts'
import { replacement, visibleCharacters } from './printable.ts'

/** A character with its marks, and the face that has it. */
export interface Glyphs {
  readonly text: string
  readonly face: Face
}

/** What is drawn in one piece: one face, one direction, no space within. */
export interface Run extends Glyphs {}

/** How wide a run is, points. */
export type Measure = (run: Run) => number

/**
 * Each visible character of a text with the first face that has all of it. If none has, its letter is printed without
 * the marks, and the replacement stands for what is missing.
 */
export function withFaces(text: string, faces: readonly Face[]): readonly Glyphs[] {
  return visibleCharacters(text).flatMap((character) => {
    const whole = faceOf(character, faces)
    if (whole !== undefined) return [{ text: character, face: whole }]
    const [base = ''] = character
    const bare = faceOf(base, faces)
    const missing = faceOf(replacement, faces)
    if (missing === undefined) throw new Error('no face has the replacement character')
    const instead = { text: replacement, face: missing }
    // A selector of variants alone changes how something looks, not what it says.
    const isSame = /^.[\uFE00-\uFE0F]+$/u.test(character)
    return bare === undefined
      ? [instead]
      : isSame
        ? [{ text: base, face: bare }]
        : [{ text: base, face: bare }, instead]
  })
}

function faceOf(character: string, faces: readonly Face[]): Face | undefined {
  const points = Array.from(character, (point) => point.codePointAt(0) ?? 0)
  return faces.find((face) => points.every((point) => joiners.has(point) || face.holds(point)))
}

/** Shaping looks at them, and they need no form of their own. */
const joiners: ReadonlySet<number> = new Set([0x200c, 0x200d])

/**
 * Lines of at most `width` points, broken at spaces, within a word where it is longer than a line, and between any two
 * characters of scripts that are written without spaces.
 */
export function brokenInto(glyphs: readonly Glyphs[], width: number, measure: Measure): readonly (readonly Glyphs[])[] {
  const lines: Glyphs[][] = []
  let line: Glyphs[] = []
  for (const word of words(glyphs)) {
    const isSpace = word[0]?.text === ' '
    if (isSpace && line.length === 0) continue
    if (lineWidth([...line, ...word], measure) <= width) {
      line.push(...word)
      continue
    }
    if (isSpace) continue
    if (line.length > 0) lines.push(withoutLastSpace(line))
    line = []
    for (const glyph of word) {
      if (line.length > 0 && lineWidth([...line, glyph], measure) > width) {
        lines.push(line)
        line = []
      }
      line.push(glyph)
    }
  }
  if (line.length > 0) lines.push(withoutLastSpace(line))
  return lines
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

function words(glyphs: readonly Glyphs[]): readonly (readonly Glyphs[])[] {
  const all: Glyphs[][] = []
  for (const [index, glyph] of glyphs.entries()) {
    const before = glyphs[index - 1]
    const begins =
      before === undefined ||
      (before.text === ' ') !== (glyph.text === ' ') ||
      unspaced.test(glyph.text) ||
      unspaced.test(before.text)
    if (begins) all.push([glyph])
    else all.at(-1)?.push(glyph)
  }
  return all
}

function withoutLastSpace(line: readonly Glyphs[]): Glyphs[] {
  return line.slice(0, line.findLastIndex((glyph) => glyph.text !== ' ') + 1)
}

/** The beginning of a line that is still too long, with an ellipsis. */
export function cutTo(line: readonly Glyphs[], width: number, ellipsis: Glyphs, measure: Measure): readonly Glyphs[] {
  let kept = line
  while (kept.length > 0 && lineWidth([...kept, ellipsis], measure) > width) kept = kept.slice(0, -1)
  return [...kept, ellipsis]
}

export function lineWidth(line: readonly Glyphs[], measure: Measure): number {
  return runsOf(line).reduce((sum, run) => sum + measure(run), 0)
}

// Its types describe another form of the module than the one that Node loads, which is the function itself.
const bidi = (bidiFactory as unknown as () => Bidi)()
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/**
 * The runs of a line from left to right, in the order of the Unicode Bidirectional Algorithm. The text of a run stays in
 * the order in which it is read: whatever shapes it turns letters that are written from the right around by itself.
 */
export function runsOf(line: readonly Glyphs[]): readonly Run[] {
  const text = line.map((glyph) => glyph.text).join('')
  if (!rightToLeft.test(text)) return joinedRuns(line.map((glyph) => ({ ...glyph, level: 0 })))
  const { levels } = bidi.getEmbeddingLevels(text)
  let at = 0
  const placed = line.map((glyph) => {
    const level = levels[at] ?? 0
    at += glyph.text.length
    const mirrored = level % 2 === 1 ? bidi.getMirroredCharacter(glyph.text) : null
    return { ...glyph, text: mirrored ?? glyph.text, level }
  })
  return joinedRuns(reordered(placed))
}

interface Placed extends Glyphs {
  readonly level: number
}

/** From the highest level down, whatever stands at least so high is turned around. @source UAX 9, L2 */
function reordered(line: readonly Placed[]): readonly Placed[] {
  let order = [...line]
  for (let level = Math.max(...line.map((glyph) => glyph.level)); level > 0; level--) {
    const turned: Placed[] = []
    let high: Placed[] = []
    for (const glyph of order) {
      if (glyph.level >= level) high.unshift(glyph)
      else {
        turned.push(...high, glyph)
        high = []
      }
    }
    order = [...turned, ...high]
  }
  return order
}

/** Neighbours of one face and one direction are one run, so that their letters join. */
function joinedRuns(line: readonly Placed[]): readonly Run[] {
  const runs: { text: string; face: Face; kind: string }[] = []
  for (const { text, face, level } of line) {
    const kind = kindOf(text, level)
    const last = runs.at(-1)
    // Right-to-left letters come here from left to right, and are read the other way.
    if (last?.face === face && last.kind === kind && kind === 'letters') last.text = text + last.text
    else if (last?.face === face && last.kind === kind && kind === 'plain') last.text += text
    else runs.push({ text, face, kind })
  }
  return runs.map(({ text, face }) => ({ text, face }))
}

/** Digits of Arabic are read from the left though their script is not, and spaces are all alike: they stand alone. */
function kindOf(text: string, level: number): 'letters' | 'plain' | 'alone' {
  if (text === ' ') return 'alone'
  if (level % 2 === 1) return rightToLeft.test(text) ? 'letters' : 'alone'
  return rightToLeft.test(text) ? 'alone' : 'plain'
}

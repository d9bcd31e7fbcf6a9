/** What stands where a character cannot be printed, so that a reader sees that something is missing. */
export const replacement = '\uFFFD'

/** More marks on one letter than any language writes would climb into the lines above. */
const mostMarks = 3

/** Joins and separates letters in Persian and in the scripts of India; elsewhere it would be invisible. */
const joiner = /[\u200C\u200D]/
const joined = /[\p{Script=Arabic}\p{Script=Devanagari}]/u
const mark = /^\p{M}$/u

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * A text as the characters that a reader sees, each with its marks. Whatever is invisible (control characters, line
 * breaks, marks that turn the direction of writing) becomes a visible replacement, so that no name can make a letter say
 * something else.
 */
export function visibleCharacters(text: string): readonly string[] {
  return Array.from(characters.segment(text.normalize('NFC')), ({ segment }) => segment).flatMap(visible)
}

function visible(character: string): readonly string[] {
  if (/^\p{Zs}+$/u.test(character)) return [' ']
  const kept: string[] = []
  let marks = 0
  let isWhole = true
  for (const point of character) {
    if (joiner.test(point) && kept.length > 0 && joined.test(character)) kept.push(point)
    else if (mark.test(point) && kept.length > 0 && marks < mostMarks) {
      kept.push(point)
      marks++
    } else if (/[\p{C}\p{Z}\p{M}]/u.test(point)) isWhole = false
    else kept.push(point)
  }
  return isWhole ? [kept.join('')] : kept.length === 0 ? [replacement] : [kept.join(''), replacement]
}

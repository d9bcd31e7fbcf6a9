/**
 * A value as a message may quote it: in quotes, at most 64 characters, whatever is invisible (control characters, marks
 * of direction, halves of surrogate pairs) written as `\u{…}`.
 */
export const quote = (value: string): string => {
  // A code point takes at most two units, so that a long value is not walked to its end.
  const characters = Array.from(value.slice(0, 2 * longest + 2))
  const shown = characters.slice(0, longest).join('').replace(invisible, escape)
  return `'${shown}${characters.length > longest ? '…' : ''}'`
}

const longest = 64
const invisible = /[\p{C}\p{Zl}\p{Zp}]/gu
const escape = (character: string) => `\\u{${character.codePointAt(0)?.toString(16)}}`

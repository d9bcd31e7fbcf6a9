/** What the code points 0x80 to 0x9f of Windows' Latin alphabet stand for, beside which it is Latin-1. */
const extra = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')

/**
 * Text as the fonts that every PDF reader has can print it. A letter that they lack loses its accent, and becomes a
 * question mark where that does not help, so that a reader sees that something is missing.
 */
export function winAnsi(text: string): string {
  return [...text.normalize('NFC')]
    .map((character) => (prints(character) ? character : withoutAccent(character)))
    .join('')
}

function withoutAccent(character: string): string {
  const [base] = character.normalize('NFD')
  return base !== undefined && prints(base) ? base : '?'
}

function prints(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || extra.has(character)
}

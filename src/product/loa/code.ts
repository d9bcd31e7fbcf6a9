/** Crockford's alphabet: no I, L, O and U, so that what is read aloud or typed off paper stays what it was. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 16

/** As many bytes of chance as a code is made of: 80 bits, which nobody guesses. */
export const codeBytes = (codeLength * 5) / 8

/** Bytes in base 32, five bits a character; bits that fill no character are left out. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('')
}

/** A code as people read it: `7Q2M-X9RT-0K4D-8WZB`. */
export function groupedCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-')
}

/**
 * The code that somebody typed: whatever its case, with or without hyphens, O for 0, I or L for 1.
 * undefined: it cannot be one.
 */
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll('-', '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return code.length === codeLength && [...code].every((character) => alphabet.includes(character)) ? code : undefined
}

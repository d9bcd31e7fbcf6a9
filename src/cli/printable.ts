/**
 * A text that people named, fit for a terminal: what a terminal would obey instead of show (control characters, marks of
 * direction) is written as `\u{…}`. Line ends and tabs are left where `lines` says so.
 */
export const printable = (text: string, lines: 'lines' | 'one line' = 'one line'): string =>
  text.replace(lines === 'lines' ? invisibleInLines : invisible, escaped)

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const invisibleInLines = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const escaped = (character: string) => `\\u{${character.codePointAt(0)?.toString(16)}}`

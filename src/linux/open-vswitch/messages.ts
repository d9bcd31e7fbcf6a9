/**
 * Splits a stream of JSON objects that stand one behind the other with nothing between them, as OVSDB sends them: gives
 * each whole one as soon as its last character is there.
 */
export function splitMessages(onMessage: (message: unknown) => void): (text: string) => void {
  let kept = ''
  /** Up to where `kept` was read. */
  let position = 0
  let depth = 0
  let inString = false
  return (text) => {
    kept += text
    let begin = 0
    for (; position < kept.length; position++) {
      const letter = kept.charCodeAt(position)
      if (inString) {
        if (letter === backslash) position++
        else if (letter === quote) inString = false
      } else if (letter === quote) inString = true
      else if (letter === open) depth++
      else if (letter === close && --depth === 0) {
        onMessage(JSON.parse(kept.slice(begin, position + 1)))
        begin = position + 1
      }
    }
    kept = kept.slice(begin)
    position -= begin
  }
}

const backslash = 0x5c
const quote = 0x22
const open = 0x7b
const close = 0x7d

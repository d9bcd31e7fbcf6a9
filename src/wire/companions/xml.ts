/** What an answer is made of. A list's items each become an element `item`. */
export type XmlValue =
  | string
  | number
  | boolean
  | readonly XmlValue[]
  | { readonly [element: string]: XmlValue | undefined }

/** The elements of an object, in its order; what is undefined is left out. */
export function elements(value: object): string {
  return Object.entries(value)
    .map(([name, member]) => (member === undefined ? '' : element(name, contentOf(member))))
    .join('')
}

export function element(name: string, content: string, attributes = ''): string {
  return `<${name}${attributes}>${content}</${name}>`
}

function contentOf(value: XmlValue): string {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map((item: XmlValue) => element('item', contentOf(item))).join('')
  return elements(value)
}

/** Text as XML 1.0 can hold it: what it has no way to write, such as control characters, becomes a question mark. */
export function text(value: string): string {
  return value
    .toWellFormed()
    .replace(unwritable, '?')
    .replace(/[&<>"\r]/g, (character) => entities[character] ?? character)
}

/** Whether a text comes out of XML as it went in. */
export function canWrite(value: string): boolean {
  return value.isWellFormed() && value.search(unwritable) === -1
}

// oxlint-disable-next-line no-control-regex -- these are what it is about
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

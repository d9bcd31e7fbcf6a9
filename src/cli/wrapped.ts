/** Breaks lines at spaces, so that they have at most `columns` characters; what is carried over begins with `indent`. */
export function wrapped(text: string, columns: number, indent = ''): string {
  return text
    .split('\n')
    .map((line) => {
      const [, lead = '', rest = ''] = /^(\s*)(.*)$/s.exec(line) ?? []
      const lines: string[] = []
      let current = lead
      let isEmpty = true
      for (const word of rest.split(' ')) {
        if (!isEmpty && current.length + 1 + word.length > columns) {
          lines.push(current)
          current = indent
          isEmpty = true
        }
        current += isEmpty ? word : ` ${word}`
        isEmpty = false
      }
      return [...lines, current].join('\n')
    })
    .join('\n')
}

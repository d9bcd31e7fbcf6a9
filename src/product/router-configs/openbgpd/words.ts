export function commented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `# ${line}`)
}

// Letters as whoever holds them sees them: their text, and a picture of each page.
import type { Golden } from './golden.ts'
import { see } from './letters/pages.ts'
import { scenarios } from './letters/scenarios.ts'

export async function goldens(): Promise<readonly Golden[]> {
  const written: Golden[] = []
  for (const scenario of scenarios) {
    const { text, pages } = await see(scenario)
    written.push({ path: `letters/${scenario.name}.txt`, content: text })
    for (const [index, content] of pages.entries())
      written.push({ path: `letters/${scenario.name}-${index + 1}.png`, content })
  }
  return written
}

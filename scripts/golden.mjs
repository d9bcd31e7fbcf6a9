// `npm run golden` takes the letters as they are printed now for what the tests expect. Look at every page that changed.
import { writeFileSync } from 'node:fs'
import { goldenPage, goldenText, see } from '../test/golden/letters/pages.ts'
import { scenarios } from '../test/golden/letters/scenarios.ts'

for (const scenario of scenarios) {
  const { text, pages } = await see(scenario)
  writeFileSync(goldenText(scenario.name), text)
  for (const [index, page] of pages.entries()) writeFileSync(goldenPage(scenario.name, index), page)
  console.log(`${scenario.name}: ${pages.length === 1 ? '1 page' : `${pages.length} pages`}`)
}

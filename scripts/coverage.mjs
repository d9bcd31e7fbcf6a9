// `npm run coverage`: writes docs/coverage.md. A test holds the file to what this would write.
import { writeFileSync } from 'node:fs'
import { coverage } from '../test/tools/coverage.ts'

writeFileSync(new URL('../docs/coverage.md', import.meta.url), coverage())

// Writes the files of `conformance/` from the scenarios in `scripts/conformance/`:
//   npm run conformance --prefix packages/stream-core
import { writeFileSync } from 'node:fs'
import { corpus, serialize } from './conformance/corpus.ts'

for (const [name, file] of Object.entries(corpus)) {
  writeFileSync(new URL(`../conformance/${name}`, import.meta.url), serialize(file))
  console.log(`${name}: ${file.scenarios.length} scenarios`)
}

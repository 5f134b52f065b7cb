// node --conditions=@x/source main.ts [folder ...]: runs the examples in the README of each folder.
import path from 'node:path'
import { checkSnippets } from './check-snippets.ts'
import { documents } from './documents.ts'

const folders = process.argv.slice(2).map((folder) => path.resolve(folder))
const chosen = documents().filter(
  ({ file }) => folders.length === 0 || folders.some((folder) => file.startsWith(folder + path.sep)),
)
for (const { name, file, packageFolder } of chosen) {
  const problems = await checkSnippets(file, packageFolder)
  console.log(problems.length === 0 ? `ok ${name}` : problems.join('\n\n'))
  if (problems.length > 0) process.exitCode = 1
}

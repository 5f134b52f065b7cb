// node --conditions=@x/source main.ts [folder ...]: runs the samples in the README of each folder.
import path from 'node:path'
import { startLocalRegistry } from '../packages/local-registry.ts'
import { packPackages } from '../packages/pack-packages.ts'
import { compileSnippets, runSnippets } from './check-snippets.ts'
import { documents } from './documents.ts'
import { createSampleProject } from './sample-project.ts'

const folders = process.argv.slice(2).map((folder) => path.resolve(folder))
const chosen = documents().filter(
  ({ file }) => folders.length === 0 || folders.some((folder) => file === folder || file.startsWith(folder + path.sep)),
)
const thisNode = { program: process.execPath, version: process.versions.node, options: [] }
using packed = await packPackages()
await using registry = await startLocalRegistry(packed.packages)
await using project = await createSampleProject(registry.url)
const errors = await compileSnippets(
  chosen.map(({ file }) => file),
  project,
)
for (const { name, file } of chosen) {
  const problems = [...(errors.get(file) ?? []), ...(await runSnippets(file, project, [thisNode]))]
  console.log(problems.length === 0 ? `ok ${name}` : problems.join('\n\n'))
  if (problems.length > 0) process.exitCode = 1
}

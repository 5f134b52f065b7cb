// node tools/release/publish.ts FOLDER [--dry-run]: publishes what pack.ts put into the folder and the registry does not have yet.
import { publishReleases } from './publish-releases.ts'
import { readReleases } from './releases.ts'

const [folder] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
if (folder === undefined) throw new Error('Usage: node tools/release/publish.ts FOLDER [--dry-run]')

const dryRun = process.argv.includes('--dry-run')
for (const { version, outcome } of await publishReleases(readReleases(folder), { dryRun }))
  console.log(`${version} ${outcome}`)

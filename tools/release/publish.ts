// node tools/release/publish.ts [--dry-run]: builds, packs and publishes every package whose version is not on the registry yet.
import { packPackages } from '../packages/pack-packages.ts'
import { publishPackages } from './publish-packages.ts'

using packed = await packPackages()
const dryRun = process.argv.includes('--dry-run')
for (const { version, outcome } of await publishPackages(packed.packages, { dryRun }))
  console.log(`${version} ${outcome}`)

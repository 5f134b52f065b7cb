// node tools/release/pack.ts FOLDER: builds and packs every published package, and puts the tarballs into a folder for publish.ts.
import { packPackages } from '../packages/pack-packages.ts'
import { releasesOf, writeReleases } from './releases.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Usage: node tools/release/pack.ts FOLDER')

using packed = await packPackages()
const releases = releasesOf(packed.packages)
writeReleases(folder, releases)
for (const { name, version } of releases) console.log(`${name}@${version}`)

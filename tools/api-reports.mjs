// node ../../tools/api-reports.mjs [--update] [--except=SUBPATH]: checks the committed API reports of the package in whose folder
// it is called, one for each entry that package.json exports, or writes them. The reports are what reviewers see of a changed type.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'

const { values } = parseArgs({
  options: { update: { type: 'boolean', default: false }, except: { type: 'string', multiple: true, default: [] } },
})

const projectFolder = process.cwd()
const packageJsonFullPath = path.join(projectFolder, 'package.json')
const manifest = JSON.parse(readFileSync(packageJsonFullPath, 'utf8'))
const unscopedName = manifest.name.replace(/^@[^/]+\//, '')

/** Subpath and declaration file of each entry, without JSON files and those that `--except` names. */
const entries = Object.entries(manifest.exports).filter(
  ([subpath, target]) => target.types !== undefined && !values.except.includes(subpath.replace('./', '')),
)

/** As an `api-extractor.json` would say it. */
function configurationOf(subpath, { types }) {
  const reportName = [unscopedName, ...subpath.split('/').slice(1)].join('-')
  const configObject = {
    projectFolder,
    mainEntryPointFilePath: path.join(projectFolder, types),
    apiReport: {
      enabled: true,
      reportFileName: `${reportName}.api.md`,
      reportFolder: path.join(projectFolder, 'etc'),
      reportTempFolder: path.join(projectFolder, 'temp'),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    compiler: { tsconfigFilePath: path.join(projectFolder, 'tsconfig.build.json') },
    messages: {
      compilerMessageReporting: { default: { logLevel: 'error' } },
      extractorMessageReporting: {
        default: { logLevel: 'error' },
        'ae-missing-release-tag': { logLevel: 'none' },
      },
      // `@throws {X}` is how this project names an error, which TSDoc does not know.
      tsdocMessageReporting: {
        default: { logLevel: 'error' },
        'tsdoc-malformed-inline-tag': { logLevel: 'none' },
        'tsdoc-escape-right-brace': { logLevel: 'none' },
      },
    },
  }
  return ExtractorConfig.prepare({ configObject, configObjectFullPath: undefined, packageJsonFullPath })
}

for (const [subpath, target] of entries) {
  const result = Extractor.invoke(configurationOf(subpath, target), { localBuild: values.update })
  if (!result.succeeded) process.exitCode = 1
}

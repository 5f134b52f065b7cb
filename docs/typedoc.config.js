// The reference: one page for each entry that packages export and that has an API report, from the sources, into docs/api.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Converter } from 'typedoc'

const packages = path.join(import.meta.dirname, '..', 'packages')

/** Sources of the public entries of a package. Entries without an API report are for our own packages only. */
function entriesOf(folderName) {
  const folder = path.join(packages, folderName)
  const { exports } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  return Object.entries(exports).flatMap(([subpath, target]) => {
    const report = [folderName, ...subpath.split('/').slice(1)].join('-')
    return existsSync(path.join(folder, 'etc', `${report}.api.md`)) ? [path.join(folder, target['@x/source'])] : []
  })
}

/** Modules are named as programs import them, less the scope: `stream-core/decoders`, not `stream-core/src/decoders`. */
function nameModules(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) module.name = module.name.replace('/src', '')
  })
}

/** @type {import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions} */
const options = {
  plugin: ['typedoc-plugin-markdown', nameModules],
  entryPoints: readdirSync(packages).flatMap(entriesOf),
  tsconfig: './tsconfig.reference.json',
  out: 'api',
  name: 'Reference',
  readme: 'none',
  // The compiler of the repository checks the types.
  skipErrorChecking: true,
  treatWarningsAsErrors: true,
  logLevel: 'Warn',
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  router: 'module',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  entryFileName: 'index',
  pageTitleTemplates: { index: 'Reference', module: ({ name }) => `@x/${name}` },
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  propertyMembersFormat: 'table',
  tableColumnSettings: { hideSources: true, hideInherited: true, hideOverrides: true, hideModifiers: true },
}

export default options

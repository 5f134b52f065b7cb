import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
// A virtual module in the folder of the package, which exists for the bundler only.
const entryPath = `${root}bundled-entry.ts`

/** What a bundler makes of a module: minified, as an application for browsers would have it. */
export interface Bundle {
  readonly code: string
  /** The modules that are imported and were left out. */
  readonly imports: readonly string[]
}

/**
 * Bundles the module `source`, which may import this package by its name. Modules whose names start with one of `external`, and
 * built-in modules of Node.js, are left out.
 */
export async function bundle(source: string, external: readonly string[] = []): Promise<Bundle> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@x/source', 'browser', 'import'] },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === entryPath ? entryPath : undefined),
        load: (id) => (id === entryPath ? source : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: entryPath, formats: ['es'] },
      rolldownOptions: {
        external: (id) => id.startsWith('node:') || external.some((name) => id === name || id.startsWith(`${name}/`)),
        output: { minify: true, codeSplitting: false },
      },
    },
  })
  const [output] = Array.isArray(result) ? result : [result as Rolldown.RolldownOutput]
  const chunk = output?.output[0]
  if (chunk === undefined) throw new Error('The bundler made nothing')
  return { code: chunk.code, imports: chunk.imports }
}

import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'

/** What is imported dynamically comes later, and only to those who need it. */
const leaveOutDynamicImports: Plugin = {
  name: 'leave-out-dynamic-imports',
  setup: (building) => {
    building.onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
  },
}

/**
 * The gzipped size, in bytes, of what is loaded before the first statement of a program runs, minified, with the packages as they
 * are published.
 *
 * @param folder - where the program's imports are looked for
 * @param external - packages that are left out as well
 */
export async function initialBundleSize(program: string, folder: string, external: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'es2022',
    external: [...external],
    plugins: [leaveOutDynamicImports],
    logLevel: 'error',
  })
  const [output] = outputFiles
  if (output === undefined) throw new Error('The bundler made nothing')
  return gzipSync(output.contents, { level: 9 }).length
}

import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/**
 * The gzipped size, in bytes, of all that an installed package exports, with the packages of this repository under it; without
 * the AWS SDK and RxJS, which applications have, and without what is imported dynamically, which they load later.
 */
export async function initialSize(project: string, specifier: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${specifier}'`, resolveDir: project },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    external: ['@aws-sdk/*', 'rxjs'],
    plugins: [
      {
        name: 'leave-out-dynamic-imports',
        setup: (building) =>
          building.onResolve({ filter: /.*/ }, ({ kind, path }) =>
            kind === 'dynamic-import' ? { path, external: true } : undefined,
          ),
      },
    ],
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

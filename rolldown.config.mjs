// The JavaScript of a package, made in its folder: one file for each of its entries, and one for each part that is loaded later.
// Loading many small files takes a program longer than running them: docs/decisions/0010-fast-import.md.
import { readFileSync } from 'node:fs'
import path from 'node:path'

const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8'))

const entries = Object.values(exports).flatMap((target) => target['@x/source'] ?? [])

/** What is in a file of its own so that the bundler of an application can leave it out. */
const apart = {
  // Beside a class that extends one of RxJS, which no bundler leaves out of a file that is used.
  '@x/stream-core': ['./src/rxjs.ts'],
  // Loaded later where no handler is named, and exported for those who name it.
  '@x/sagemaker-llm': ['./src/handlers/auto.ts'],
}

export default {
  // By their path, as several can have the file name index.ts.
  input: Object.fromEntries(
    [...entries, ...(apart[name] ?? [])].map((file) => [file.replace(/^\.\/src\/|\.ts$/g, ''), file]),
  ),
  // Other packages stay imports.
  external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
  platform: 'neutral',
  output: {
    dir: 'dist',
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
}

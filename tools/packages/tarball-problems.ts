import { readFileSync } from 'node:fs'
import path from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import type { PackedPackage } from './pack-packages.ts'
import { root } from './published-packages.ts'
import { runCommand } from './run-command.ts'

/** What publint has to say about a package, suggestions included. */
export async function publintProblems({ tarball, packedManifest }: PackedPackage): Promise<string[]> {
  const buffer = readFileSync(tarball)
  const data = buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength)
  const { messages } = await publint({ pack: { tarball: data }, strict: true })
  return messages.map((message) => formatMessage(message, packedManifest, { color: false }) ?? message.code)
}

/** What arethetypeswrong has to say about how TypeScript resolves a package of ES modules; nothing, if all is well. */
export async function typeResolutionProblems({ folder, tarball }: PackedPackage): Promise<string> {
  const attw = path.join(root, 'tools', 'node_modules', '.bin', 'attw')
  try {
    await runCommand(attw, [tarball, '--profile', 'esm-only', '--no-emoji', '--no-color'], { cwd: folder })
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

const belongsInside = /^(?:dist\/|src\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/
const belongsOutside = /\.test(?:-d)?\.|__fixtures__|test-support|\.tsbuildinfo$/

/** Files that a tarball should not have or should have; `data` are the folders and files that a package publishes in addition to code. */
export function contentProblems({ files, manifest, folder }: PackedPackage, data: readonly string[]): string[] {
  const has = new Set(files)
  const isData = (file: string): boolean => data.some((place) => file === place || file.startsWith(`${place}/`))
  const modules = files.filter((file) => /^dist\/.*\.js$/.test(file))
  const declarations = files.filter((file) => /^src\/.*\.ts$/.test(file)).map(declarationOf)
  return [
    ...files
      .filter((file) => belongsOutside.test(file) || !(belongsInside.test(file) || isData(file)))
      .map((file) => `${file} does not belong into ${manifest.name}`),
    ...['README.md', 'LICENSE', ...declarations, ...modules.flatMap((file) => sourceMapOf(folder, file))]
      .filter((file) => !has.has(file))
      .map((file) => `${file} is missing`),
    // What a debugger shows.
    ...modules
      .flatMap((file) => sourceMapOf(folder, file))
      .flatMap((file) => sourcesOf(folder, file))
      // Sources of private packages that are built in are in the source map itself.
      .filter((file) => !has.has(file) && !file.startsWith('../'))
      .map((file) => `${file}, the source of a module, is missing`),
  ]
}

function declarationOf(source: string): string {
  return source.replace(/^src\/(.*)\.ts$/, 'dist/$1.d.ts')
}

/** The source map that a module names; none for one that only exports what is in another. */
function sourceMapOf(folder: string, file: string): string[] {
  return readFileSync(path.join(folder, file), 'utf8').includes('sourceMappingURL') ? [`${file}.map`] : []
}

/** The files that a module was made of, by its source map. */
function sourcesOf(folder: string, file: string): string[] {
  const { sources } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { sources: string[] }
  return sources.map((source) => path.posix.join(path.posix.dirname(file), source))
}

const required = {
  license: 'Apache-2.0',
  type: 'module',
  sideEffects: false,
  engines: { node: '>=22.12' },
  publishConfig: { access: 'public', provenance: true },
  bugs: 'https://github.com/x/sagemaker-typescript/issues',
}

/** What is wrong with the package.json that is published. */
export function manifestProblems({ packedManifest: manifest, folder }: PackedPackage): string[] {
  const directory = path.relative(root, folder)
  const expected = {
    ...required,
    homepage: `https://github.com/x/sagemaker-typescript/tree/main/${directory}#readme`,
    repository: {
      type: 'git',
      url: 'git+https://github.com/x/sagemaker-typescript.git',
      directory,
    },
  }
  const ranges = { ...manifest.dependencies, ...manifest.peerDependencies }
  return [
    ...Object.entries(expected)
      .filter(([name, value]) => JSON.stringify(manifest[name]) !== JSON.stringify(value))
      .map(([name, value]) => `${name} is not ${JSON.stringify(value)}`),
    ...['description', 'keywords'].filter((name) => manifest[name] === undefined).map((name) => `${name} is missing`),
    ...(manifest.private === true ? ['npm refuses to publish it, since it is private'] : []),
    // A package that is installed must not run anything.
    ...Object.keys(manifest.scripts ?? {})
      .filter((name) => /^(?:pre|post)?(?:install|prepare|publish|pack)(?:Only)?$/.test(name))
      .map((name) => `the script ${name} runs when it is installed or published`),
    ...Object.entries(ranges)
      // Packages of this repository are released together and may use each other's internal entries: an exact version.
      .filter(([name, range]) => !(name.startsWith('@x/') ? /^\^?\d+\.\d+\.\d+/ : /^\^\d+\.\d+\.\d+/).test(range))
      .map(([name, range]) => `${name} ${range} is no caret range`),
  ]
}

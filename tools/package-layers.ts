import { readFileSync } from 'node:fs'
import path from 'node:path'
import { productImports } from './product-imports.ts'

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/**
 * The imports, of types or values, of a package's code from packages that it neither depends on nor has as a peer, as
 * `file -> package`. What `turbo boundaries` holds about dependencies then holds for imports, too: it lets a package have one
 * above it as a development dependency, for its tests.
 *
 * @param packageRoot - The folder that holds `package.json` and `src`
 * @param bundled - Packages that are built into those that import them
 */
export function importsOfNoDependency(packageRoot: string, bundled: readonly string[]): readonly string[] {
  const { name, dependencies, peerDependencies } = readManifest(packageRoot)
  const allowed = new Set([name, ...bundled, ...Object.keys({ ...dependencies, ...peerDependencies })])
  return productImports(packageRoot)
    .filter(({ specifier }) => !/^(?:\.|node:)/.test(specifier))
    .map(({ importer, specifier }) => ({ importer, imported: packageOf(specifier) }))
    .filter(({ imported }) => !allowed.has(imported))
    .map(({ importer, imported }) => `${importer} -> ${imported}`)
}

/** The names of those packages that are not published. */
export function unpublishedPackages(packageRoots: readonly string[]): readonly string[] {
  return packageRoots.map(readManifest).flatMap((manifest) => (manifest.private === true ? [manifest.name] : []))
}

function readManifest(packageRoot: string): Manifest {
  return JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')) as Manifest
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

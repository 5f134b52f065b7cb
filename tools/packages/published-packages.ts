import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The members of a package.json that publishing depends on. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports: Readonly<Record<string, unknown>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  readonly [member: string]: unknown
}

export interface PublishedPackage {
  /** Name of its folder, which is its name without the scope. */
  readonly folderName: string
  readonly folder: string
  readonly manifest: Manifest
}

export const root: string = path.join(import.meta.dirname, '..', '..')

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
}

/** Every package that is published to npm, in the order of their names. */
export function publishedPackages(): PublishedPackage[] {
  return ['apps', 'packages']
    .flatMap((parent) => readdirSync(path.join(root, parent)).map((name) => path.join(root, parent, name)))
    .map((folder) => ({ folderName: path.basename(folder), folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => manifest.private !== true)
    .toSorted((a, b) => a.folderName.localeCompare(b.folderName))
}

/** Whether a program can import it: the playground has commands only. */
export function isLibrary({ manifest }: PublishedPackage): boolean {
  return importableSpecifiers(manifest).length > 0
}

/** Peer dependencies that a user has to install: those that are not optional. */
export function neededPeers(manifest: Manifest): string[] {
  return Object.keys(manifest.peerDependencies ?? {}).filter(
    (name) => manifest.peerDependenciesMeta?.[name]?.optional !== true,
  )
}

/** The specifiers that a program may import: the package and its sub-paths, without JSON files. */
export function importableSpecifiers({ name, exports }: Manifest): string[] {
  return Object.keys(exports)
    .filter((subpath) => !subpath.endsWith('.json'))
    .map((subpath) => name + subpath.slice(1))
}

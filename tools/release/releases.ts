import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { PackedPackage } from '../packages/pack-packages.ts'

/** One version of a package, packed. */
export interface Release {
  readonly name: string
  readonly version: string
  /** Path of the .tgz file. */
  readonly tarball: string
}

/** Packages that others depend on come first, so that at no time a published package lacks a dependency. */
export function releasesOf(packages: readonly PackedPackage[]): Release[] {
  const ordered: PackedPackage[] = []
  const add = (packed: PackedPackage): void => {
    for (const name of Object.keys(packed.packedManifest.dependencies ?? {})) {
      const dependency = packages.find(({ manifest }) => manifest.name === name)
      if (dependency !== undefined) add(dependency)
    }
    if (!ordered.includes(packed)) ordered.push(packed)
  }
  for (const packed of packages) add(packed)
  return ordered.map(({ packedManifest: { name, version }, tarball }) => ({ name, version, tarball }))
}

const listName = 'releases.json'

/** Puts tarballs and their order into a folder, for a job that only publishes. */
export function writeReleases(folder: string, releases: readonly Release[]): void {
  mkdirSync(folder, { recursive: true })
  const list = releases.map(({ name, version, tarball }) => ({ name, version, tarball: path.basename(tarball) }))
  for (const { tarball } of releases) copyFileSync(tarball, path.join(folder, path.basename(tarball)))
  writeFileSync(path.join(folder, listName), JSON.stringify(list, undefined, 2))
}

/** Reads what `writeReleases` has written. */
export function readReleases(folder: string): Release[] {
  const list = JSON.parse(readFileSync(path.join(folder, listName), 'utf8')) as Release[]
  return list.map((release) => ({ ...release, tarball: path.join(folder, release.tarball) }))
}

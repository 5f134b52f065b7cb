import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseTarGzip } from 'nanotar'
import { publishedPackages, root, type Manifest, type PublishedPackage } from './published-packages.ts'
import { runCommand } from './run-command.ts'

/** A package as it would be published. */
export interface PackedPackage extends PublishedPackage {
  /** The package.json inside the tarball: `workspace:` and `catalog:` are replaced by versions there. */
  readonly packedManifest: Manifest
  /** Path of the .tgz file. */
  readonly tarball: string
  /** Hash of the tarball, as npm checks it. */
  readonly integrity: string
  /** Paths inside the tarball. */
  readonly files: readonly string[]
}

export interface PackedPackages extends Disposable {
  readonly packages: readonly PackedPackage[]
}

interface PackOutput {
  readonly name: string
  readonly filename: string
  readonly integrity: string
  readonly files: readonly { readonly path: string }[]
}

/** Builds what is not built yet and packs every published package into a temporary folder, with the pinned pnpm. */
export async function packPackages(): Promise<PackedPackages> {
  const published = publishedPackages()
  const filters = published.map(({ manifest }) => `--filter=${manifest.name}`)
  const env = { ...process.env, DO_NOT_TRACK: '1', npm_config_loglevel: 'error' }
  // By its path, as turbo is; turbo looks for pnpm in the PATH.
  const bin = path.join(root, 'node_modules', '.bin')
  await runCommand(path.join(bin, 'turbo'), ['run', 'build', ...filters, '--output-logs=errors-only'], {
    cwd: root,
    env,
  })

  const folder = mkdtempSync(path.join(tmpdir(), 'packed-'))
  const packArguments = ['-r', ...filters, 'pack', '--json', `--pack-destination=${folder}`]
  const printed = await runCommand(path.join(bin, 'pnpm'), packArguments, { cwd: root, env })
  const outputs = JSON.parse(printed) as PackOutput[]

  const packages = await Promise.all(
    published.map(async (published): Promise<PackedPackage> => {
      const output = outputs.find(({ name }) => name === published.manifest.name)
      if (output === undefined) throw new Error(`${published.manifest.name} was not packed.`)
      const { filename: tarball, integrity } = output
      const [packedManifest] = await parseTarGzip(readFileSync(tarball), {
        filter: ({ name }) => name === 'package/package.json',
      })
      if (packedManifest === undefined) throw new Error(`${tarball} has no package.json.`)
      return {
        ...published,
        packedManifest: JSON.parse(packedManifest.text) as Manifest,
        tarball,
        integrity,
        files: output.files.map((file) => file.path),
      }
    }),
  )
  return { packages, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

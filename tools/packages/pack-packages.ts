import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { publishedPackages, readManifest, root, type Manifest, type PublishedPackage } from './published-packages.ts'
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
  const env = { ...process.env, DO_NOT_TRACK: '1', npm_config_loglevel: 'error' }
  const turbo = path.join(root, 'node_modules', '.bin', 'turbo')
  await runCommand(turbo, ['run', 'build', '--filter=./packages/*', '--output-logs=errors-only'], { cwd: root, env })

  const folder = mkdtempSync(path.join(tmpdir(), 'packed-'))
  const pnpm = String(readManifest(root)['packageManager'])
  const packArguments = ['-r', '--filter=./packages/*', 'pack', '--json', `--pack-destination=${folder}`]
  const printed = await runCommand('npx', ['--yes', pnpm, ...packArguments], { cwd: root, env })
  const outputs = JSON.parse(printed) as PackOutput[]

  const packages = await Promise.all(
    publishedPackages().map(async (published): Promise<PackedPackage> => {
      const output = outputs.find(({ name }) => name === published.manifest.name)
      if (output === undefined) throw new Error(`${published.manifest.name} was not packed.`)
      const { filename: tarball, integrity } = output
      const packedManifest = await runCommand('tar', ['-xzOf', tarball, 'package/package.json'], { cwd: folder })
      return {
        ...published,
        packedManifest: JSON.parse(packedManifest) as Manifest,
        tarball,
        integrity,
        files: output.files.map((file) => file.path),
      }
    }),
  )
  return { packages, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publishedPackages, readManifest, root } from '../packages/published-packages.ts'
import { runCommand } from '../packages/run-command.ts'

let workspace: string

/** Package manifests and the configuration of releases, in a repository of their own. */
beforeEach(() => {
  workspace = mkdtempSync(path.join(tmpdir(), 'versions-'))
  const files = globSync(['package.json', 'pnpm-workspace.yaml', '.changeset/*', '{packages,apps}/*/package.json'], {
    cwd: root,
  })
  for (const file of files) {
    mkdirSync(path.dirname(path.join(workspace, file)), { recursive: true })
    cpSync(path.join(root, file), path.join(workspace, file))
  }
})
afterEach(() => rmSync(workspace, { recursive: true, force: true }))

const changesets = (): string[] =>
  globSync('.changeset/*.md', { cwd: workspace }).map((file) => path.join(workspace, file))

async function release(): Promise<void> {
  const identity = ['-c', 'user.name=Release', '-c', 'user.email=release@localhost']
  await runCommand('git', ['init', '--quiet', '--initial-branch=main'], { cwd: workspace })
  await runCommand('git', ['add', '--all'], { cwd: workspace })
  await runCommand('git', [...identity, 'commit', '--quiet', '--message=Before'], { cwd: workspace })
  const changeset = path.join(root, 'node_modules', '.bin', 'changeset')
  await runCommand(changeset, ['version'], { cwd: workspace })
}

const released = (folderName: string): { version: string; changelog: string } => {
  const [folder = ''] = globSync(`{packages,apps}/${folderName}`, { cwd: workspace }).map((one) =>
    path.join(workspace, one),
  )
  const changelog = globSync('CHANGELOG.md', { cwd: folder }).map((file) =>
    readFileSync(path.join(folder, file), 'utf8'),
  )
  return { version: readManifest(folder).version, changelog: changelog.join('') }
}

describe('a release', () => {
  test('takes every waiting changeset into the changelog of its packages', { timeout: 30_000 }, async () => {
    const waiting = changesets().map((file) => readFileSync(file, 'utf8'))
    await release()
    expect(changesets()).toEqual([])
    for (const text of waiting) {
      const [, header = '', summary = ''] = /^---\n(.*?)\n---\n+(.+?)\n/s.exec(text) ?? []
      const names = [...header.matchAll(/^'@x\/(.+?)': (?:patch|minor|major)$/gm)].map(([, name = '']) => name)
      expect(names.length).toBeGreaterThan(0)
      for (const name of names) expect(released(name).changelog).toContain(summary)
    }
    // One version for all packages: the next one that the largest of the changes asks for. The first release is 0.1.0.
    const bumps = new Set(waiting.flatMap((text) => [...text.matchAll(/^'@x\/.+?': (\w+)$/gm)].map(([, bump]) => bump)))
    for (const { folderName, manifest } of publishedPackages()) {
      const [major = 0, minor = 0, patch = 0] = manifest.version.split('.').map(Number)
      const next = bumps.has('major')
        ? [major + 1, 0, 0]
        : bumps.has('minor')
          ? [major, minor + 1, 0]
          : [major, minor, bumps.has('patch') ? patch + 1 : patch]
      expect(released(folderName).version).toBe(next.join('.'))
    }
  })

  test(
    'gives the same new version to every published package, and none to a private app',
    { timeout: 30_000 },
    async () => {
      for (const file of changesets()) rmSync(file)
      writeFileSync(
        path.join(workspace, '.changeset', 'one.md'),
        "---\n'@x/sagemaker-endpoint': minor\n---\n\nSomething new.\n",
      )
      const before = new Map(publishedPackages().map(({ folderName, manifest }) => [folderName, manifest.version]))
      await release()
      const changed = [...before].filter(([name, version]) => released(name).version !== version).map(([name]) => name)
      expect(changed).toEqual([...before.keys()])

      const [major, minor] = (before.get('sagemaker-endpoint') ?? '').split('.').map(Number)
      const version = `${major}.${Number(minor) + 1}.0`
      for (const name of changed) expect(released(name).version).toBe(version)
      expect(released('sagemaker-endpoint').changelog).toMatch(/### Minor Changes\n\n- .*Something new\.\n/)
      expect(released('sagemaker-llm').changelog).toContain(`@x/sagemaker-endpoint@${version}`)
      expect(readManifest(path.join(workspace, 'apps', 'bench')).version).toBe(
        readManifest(path.join(root, 'apps', 'bench')).version,
      )
    },
  )
})

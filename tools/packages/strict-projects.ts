import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { root } from './published-packages.ts'
import { runCommand } from './run-command.ts'

/** Names of projects, and what the user of each installs. */
export type WantedPackages = Readonly<Record<string, readonly string[]>>

/** Writes a workspace in which each project asks for the latest version of its packages. */
export function writeWorkspace(folder: string, projects: WantedPackages): void {
  const write = (file: string, content: unknown): void =>
    writeFileSync(path.join(folder, file), JSON.stringify(content, undefined, 2))
  for (const [name, packages] of Object.entries(projects)) {
    mkdirSync(path.join(folder, name), { recursive: true })
    const dependencies = Object.fromEntries(packages.map((one) => [one, 'latest']))
    write(path.join(name, 'package.json'), { name: `use-${name}`, private: true, type: 'module', dependencies })
  }
  write('package.json', { name: 'users', private: true, type: 'module', workspaces: Object.keys(projects) })
}

/**
 * Installs packages into many projects at once with the pinned pnpm, where a package reaches only what it names: nothing is hoisted,
 * and no peer dependency is added. A peer that is missing is an error.
 *
 * @param folder - of the new workspace; each project is a folder in it
 * @param registryUrl - where packages of the scope `@x` come from
 */
export async function installStrictly(folder: string, projects: WantedPackages, registryUrl: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeWorkspace(folder, projects)
  writeFileSync(path.join(folder, '.npmrc'), `@x:registry=${registryUrl}/\n`)
  const settings = {
    packages: Object.keys(projects),
    hoist: false,
    autoInstallPeers: false,
    strictPeerDependencies: true,
    linkWorkspacePackages: false,
    // What the registry on loopback offers was made a moment ago.
    minimumReleaseAge: 0,
    ignoreScripts: true,
    preferOffline: true,
  }
  writeFileSync(path.join(folder, 'pnpm-workspace.yaml'), JSON.stringify(settings))
  const pnpm = path.join(root, 'node_modules', '.bin', 'pnpm')
  await runCommand(pnpm, ['install', '--no-frozen-lockfile', '--reporter=append-only'], {
    cwd: folder,
    env: { ...process.env, CI: 'true' },
  })
}

/**
 * Installs packages into many projects at once with Yarn, which writes no node_modules: its `.pnp.cjs` decides what each package may
 * import (Plug'n'Play).
 *
 * @param folder - of the new workspace; each project is a folder in it
 * @param registryUrl - where packages of the scope `@x` come from
 */
export async function installWithPlugAndPlay(
  folder: string,
  projects: WantedPackages,
  registryUrl: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeWorkspace(folder, projects)
  const globalFolder = path.join(root, 'tools', 'node_modules', '.cache', 'yarn')
  // Packages of the scope change while their version stays the same.
  for (const file of globSync('cache/@x-*', { cwd: globalFolder })) rmSync(path.join(globalFolder, file))
  const others = await runCommand('npm', ['config', 'get', 'registry'], { cwd: folder })
  const settings = {
    nodeLinker: 'pnp',
    enableScripts: false,
    enableTelemetry: false,
    enableImmutableInstalls: false,
    // A cache of the workspace's own, for what other registries offer.
    enableGlobalCache: false,
    globalFolder,
    networkConcurrency: 4,
    httpRetry: 10,
    // What the registry on loopback offers was made a moment ago.
    npmPreapprovedPackages: ['@x/*'],
    npmRegistryServer: others.trim(),
    npmScopes: { x: { npmRegistryServer: registryUrl } },
    unsafeHttpWhitelist: ['127.0.0.1'],
    ...(process.env['NODE_EXTRA_CA_CERTS'] && { httpsCaFilePath: process.env['NODE_EXTRA_CA_CERTS'] }),
  }
  writeFileSync(path.join(folder, '.yarnrc.yml'), JSON.stringify(settings))
  writeFileSync(path.join(folder, 'yarn.lock'), '')
  const yarn = createRequire(import.meta.url).resolve('@yarnpkg/cli-dist/bin/yarn.js')
  const install = (): Promise<string> => runCommand(process.execPath, [yarn, 'install'], { cwd: folder })
  // Yarn gives up when a proxy closes one of its connections. What it has fetched stays in its cache, so each try gets further.
  await install().catch(install).catch(install).catch(install)
}

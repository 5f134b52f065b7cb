import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runCommand } from './run-command.ts'

/**
 * Makes a project outside the workspace and installs packages there, as a user would.
 *
 * @param folder - of the new project
 * @param packages - what the user names after `npm install`
 * @param registryUrl - where packages of the scope `@x` come from
 */
export async function createScratchProject(
  folder: string,
  packages: readonly string[],
  registryUrl: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  writeFileSync(path.join(folder, '.npmrc'), `@x:registry=${registryUrl}/\n`)
  const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  await runCommand('npm', ['install', ...packages, ...quick], { cwd: folder })
}

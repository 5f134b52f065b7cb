import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readManifest } from './published-packages.ts'
import { runCommand } from './run-command.ts'
import { createScratchProject } from './scratch-project.ts'
import { servedPackages } from './served-packages.ts'
import { strangerEnvironment } from './stranger-environment.ts'

describe('npx @x/playground, for a stranger', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'npx-'))
  const project = path.join(folder, 'project')
  const env = strangerEnvironment(path.join(folder, 'home'))
  const npx = (...args: readonly string[]): Promise<string> =>
    runCommand('npx', ['@x/playground', ...args], { cwd: project, env })
  beforeAll(async () => {
    await createScratchProject(project, ['@x/playground'], (await servedPackages()).registryUrl)
  }, 300_000)
  afterAll(() => rm(folder, { recursive: true, force: true }), 120_000)

  test('installs what runs and nothing else', () => {
    const files = readdirSync(path.join(project, 'node_modules', '@x', 'playground'), {
      recursive: true,
      encoding: 'utf8',
    })
    expect(files.filter((file) => /\.(?:svelte|ts|map)$/.test(file))).toEqual([])
    expect(
      readdirSync(path.join(project, 'node_modules')).filter((name) => /svelte|vite|loopback|typescript/.test(name)),
    ).toEqual([])
  })

  test('prints its version and answers in a shell', { timeout: 60_000 }, async () => {
    const { version } = readManifest(path.join(project, 'node_modules', '@x', 'playground'))
    expect(await npx('--version')).toBe(`${version}\n`)
    expect(
      await npx('complete', '--local', '--seed', '7', '--max-new-tokens', '8', 'A storm announces itself'),
    ).toMatch(/\w{2,} \w{2,}/)
  })

  test('serves the page until it is stopped', { timeout: 60_000 }, async () => {
    const bin = path.join(project, 'node_modules', '.bin', 'playground')
    const child = spawn(bin, ['--port', '0'], { cwd: project, env, stdio: ['ignore', 'ignore', 'pipe'] })
    const ended = once(child, 'close')
    let printed = ''
    for await (const chunk of child.stderr) {
      printed += String(chunk)
      if (printed.includes('Ctrl-C')) break
    }
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? ['']
    const page = await (await fetch(url)).text()
    const [script] = /\/assets\/[\w-]+\.js/.exec(page) ?? ['']
    expect((await fetch(`${url}${script}`)).status).toBe(200)
    expect(await (await fetch(`${url}/api/setup`)).json()).toMatchObject({ endpoints: expect.any(Array) as unknown })
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })
})

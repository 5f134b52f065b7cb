import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'

const execute = promisify(execFile)
const root = path.join(import.meta.dirname, '..')
const scratch = mkdtempSync(path.join(tmpdir(), 'layers-'))
copyFileSync(path.join(root, '.oxlintrc.json'), path.join(scratch, '.oxlintrc.json'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** What the linter says of one import in the named file, with this workspace's own configuration. */
async function verdict(file: string, specifier: string): Promise<string> {
  const target = path.join(scratch, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, `import { x } from '${specifier}'\nx()\n`)
  try {
    const { stdout } = await execute(path.join(root, 'node_modules/.bin/oxlint'), [file], { cwd: scratch })
    return stdout
  } catch (error) {
    return (error as { stdout: string }).stdout
  } finally {
    rmSync(target)
  }
}

describe('an import against the layers is refused', () => {
  test.each([
    ['bedrock-like-types', '@x/stream-core'],
    ['stream-core', '@x/sagemaker-endpoint'],
    ['stream-core', 'node:fs'],
    ['sagemaker-endpoint', '@x/sagemaker-llm'],
    ['sagemaker-endpoint', '@x/sagemaker-local'],
    ['sagemaker-llm', '@x/sagemaker-embed'],
    ['sagemaker-embed', '@x/sagemaker-local'],
    ['sagemaker-discovery', '@x/sagemaker-llm'],
    ['sagemaker-llm', '@x/sagemaker-discovery'],
    ['sagemaker-embed', '@x/sagemaker-rerank'],
    ['sagemaker-rerank', '@x/sagemaker-embed'],
    ['sagemaker-jobs', '@x/sagemaker-embed'],
    ['sagemaker-endpoint', '@x/sagemaker-jobs'],
    ['sagemaker-discovery', '@x/sagemaker-jobs'],
    ['sagemaker-endpoint', '@x/sagemaker-rerank'],
    ['sagemaker-llm', '@x/sagemaker-langchain'],
    ['sagemaker-langchain', '@x/sagemaker-local'],
    ['sagemaker-llm', '@x/sagemaker-gateway'],
    ['sagemaker-gateway', '@x/sagemaker-local'],
    ['sagemaker-local', '@x/sagemaker-gateway'],
    ['sagemaker-local', '@x/sagemaker-endpoint'],
    ['sagemaker-llm', '@x/sagemaker-ai-sdk'],
    ['sagemaker-ai-sdk', '@x/sagemaker-local'],
    ['sagemaker-local', '../../sagemaker-endpoint/packages/x.ts'],
  ])('%s -> %s', async (name, specifier) => {
    expect(await verdict(`packages/${name}/src/one.ts`, specifier)).toContain('no-restricted-imports')
  })
})

describe('an import along the layers passes', () => {
  test.each([
    ['packages/stream-core/src/one.ts', '@x/bedrock-like-types'],
    ['packages/sagemaker-endpoint/src/one.ts', '@x/stream-core/decoders'],
    ['packages/sagemaker-llm/src/one.ts', '@x/sagemaker-endpoint'],
    ['packages/sagemaker-ai-sdk/src/one.ts', '@x/sagemaker-llm'],
    ['packages/sagemaker-discovery/src/one.ts', '@x/sagemaker-endpoint'],
    ['packages/sagemaker-jobs/src/one.ts', '@x/sagemaker-endpoint'],
    ['packages/sagemaker-gateway/src/one.ts', '@x/sagemaker-rerank'],
    ['packages/sagemaker-langchain/src/one.ts', '@x/sagemaker-rerank'],
    ['packages/sagemaker-llm/src/one.test.ts', '@x/sagemaker-local'],
    ['apps/playground/src/one.ts', '@x/sagemaker-local'],
  ])('%s -> %s', async (file, specifier) => {
    expect(await verdict(file, specifier)).not.toContain('no-restricted-imports')
  })
})

import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readManifest, root } from '../packages/published-packages.ts'
import { runCommand } from '../packages/run-command.ts'
import { testFilesOf } from '../snippets/snippet.ts'

const page = (name: string): string => readFileSync(path.join(root, 'docs', name), 'utf8')
const source = (name: string): string => readFileSync(path.join(root, 'packages', name), 'utf8')

test('the guide to errors has every code in the order of the source, and says which are retryable', () => {
  const text = source('sagemaker-endpoint/src/errors/sagemaker-error-code.ts')
  const [union = ''] = /export type SagemakerErrorCode =[^/]+/.exec(text) ?? []
  const codes = [...union.matchAll(/\| '([\w-]+)'/g)].map(([, code = '']) => code)
  const [passing = ''] = /const passing[^\]]+\]/.exec(text) ?? []
  const rows = [...page('guides/errors.md').matchAll(/^\| `([\w-]+)`\s*\| (yes|no)\s*\|/gm)]
  expect(codes.length).toBeGreaterThan(20)
  expect(rows.map(([, code, retryable]) => [code, retryable])).toEqual(
    codes.map((code) => [code, passing.includes(`'${code}'`) ? 'yes' : 'no']),
  )
})

test('the IAM policy allows what calls and doctor do, and nothing else', () => {
  const [policy = ''] = /(?<=```json\n)[^`]+/.exec(page('start/your-endpoint.md')) ?? []
  const { Statement } = JSON.parse(policy) as { Statement: { Sid: string; Action: string[] }[] }
  const actions = Object.fromEntries(Statement.map(({ Sid, Action }) => [Sid, Action.toSorted()]))

  const discovery = globSync('packages/sagemaker-discovery/src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n')
  const commands = [...new Set([...discovery.matchAll(/'((?:List|Describe)[A-Z]\w+)'/g)].map(([, name]) => name))]
  expect(commands.length).toBeGreaterThan(4)
  expect(actions).toEqual({
    CallTheEndpoint: ['sagemaker:InvokeEndpoint', 'sagemaker:InvokeEndpointWithResponseStream'],
    OnlyForDoctor: commands.map((name) => `sagemaker:${name}`).toSorted(),
  })
})

test('the limits are those of the packages', () => {
  const limits = page('guides/cost-and-limits.md')
  const value = (name: string): string => new RegExp(`^\\| ${name}\\s*\\| ([^|]+?)\\s*\\|`, 'm').exec(limits)?.[1] ?? ''
  const specification = page('packages/sagemaker-endpoint.md')
  const defaultOf = (option: string): string =>
    new RegExp(`^\\| \`${option}\`\\s*\\| ([^|]+?)\\s*\\|`, 'm').exec(specification)?.[1] ?? ''
  const [, body, answer, stream] =
    /`limits`\s*\| (.+?), (.+?), (.+?)\s*\|/.exec(page('packages/sagemaker-local.md')) ?? []
  expect(value('body of a request in real time')).toBe(body)
  expect(value('time for a whole answer')).toBe(answer)
  expect(value('time for a stream')).toBe(stream)
  expect(value('whole answer that a client takes')).toBe(`${defaultOf('maxResponseBytes')} B`)
  expect(value('attempts of a call')).toBe(defaultOf('retry.maxAttempts'))
  expect(specification).toContain(`up to ${value('body inside an asynchronous request').replace(' B', '')} bytes`)
})

test('Node.js and the packages that the start page names are those of the manifests', () => {
  const { engines, peerDependencies } = readManifest(path.join(root, 'packages', 'sagemaker-llm'))
  const start = page('start/without-aws.md')
  expect(start).toContain(`Node.js ${(engines as { node: string }).node.replace('>=', '')} or later`)
  for (const peer of ['@aws-sdk/client-sagemaker-runtime', 'rxjs']) {
    expect(peerDependencies).toHaveProperty([peer])
    expect(start).toContain(peer)
  }
})

const folder = mkdtempSync(path.join(import.meta.dirname, 'vitest-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the tests of the guide to tests pass in Vitest', { timeout: 120_000 }, async () => {
  const files = testFilesOf(page('guides/tests-with-faults.md'))
  expect(files.length).toBe(1)
  for (const [index, code] of files.entries()) writeFileSync(path.join(folder, `sample-${index}.test.ts`), code)
  const config =
    "export default { resolve: { conditions: ['@x/source'] }, ssr: { resolve: { conditions: ['@x/source', 'node', 'import', 'default'] } } }"
  writeFileSync(path.join(folder, 'vitest.config.mjs'), config)
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const results = path.join(folder, 'results.json')
  const reporters = ['--reporter=json', `--outputFile=${results}`]
  await runCommand(process.execPath, [vitest, 'run', '--root', folder, ...reporters], { cwd: folder })
  expect(JSON.parse(readFileSync(results, 'utf8'))).toMatchObject({ success: true, numPassedTests: 3 })
})

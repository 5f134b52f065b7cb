import { demoEmbeddingModel, demoLanguageModel, demoRerankModel, startLocalRuntime } from '@x/sagemaker-local'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const page = readFileSync(path.join(import.meta.dirname, '../../../docs/ai-sdk-site/sagemaker.mdx'), 'utf8')
const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].flatMap(([, block = '']) => block)
const folder = path.join(import.meta.dirname, '../.readme-snippets', `site-${process.pid}`)
let runtime: Awaited<ReturnType<typeof startLocalRuntime>>

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  runtime = await startLocalRuntime({
    endpoints: {
      'my-llama': demoLanguageModel({ format: 'openai' }),
      'my-bge': demoEmbeddingModel(),
      'my-reranker': demoRerankModel(),
    },
  })
  vi.stubEnv('AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME', runtime.url)
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await runtime.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the page for the site of the AI SDK has code', () => {
  expect(blocks.length).toBeGreaterThan(5)
})

test.each(blocks.map((code, index) => ({ code, index })))(
  'its block $index runs',
  { timeout: 120_000 },
  async ({ code, index }) => {
    const file = path.join(folder, `block-${index}.ts`)
    const source = path.join(import.meta.dirname, 'index.ts')
    writeFileSync(file, `${code.replace('@x/sagemaker-ai-sdk', source)}\nexport const ran = true\n`)
    expect(await import(file)).toMatchObject({ ran: true })
  },
)

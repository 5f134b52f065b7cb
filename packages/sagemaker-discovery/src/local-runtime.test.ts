import {
  demoEmbeddingModel,
  demoLanguageModel,
  scripted,
  startLocalRuntime,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeEndpoint, listEndpoints } from './index.ts'

const language = {
  tgi: ['tgi', 'tgi', 'chat'],
  openai: ['vllm', 'openai', 'chat'],
  lmi: ['lmi', 'lmi', 'chat'],
  'lmi-async': ['lmi', 'lmi', 'chat'],
  huggingface: ['huggingface', 'huggingface', 'complete'],
  'jumpstart-llama2': ['jumpstart', 'jumpstartLlama2', 'chat'],
  'jumpstart-text2text': ['jumpstart', 'jumpstartText2Text', 'complete'],
  cohere: ['cohere', 'cohere', 'chat'],
  ai21: ['ai21', 'ai21', 'complete'],
  triton: ['triton', 'triton', 'complete'],
  'bedrock-compat': ['lmi', 'bedrockCompat', 'complete'],
} as const

const embedding = {
  tei: ['tei', 'tei'],
  openai: ['vllm', 'openai'],
  huggingface: ['huggingface', 'huggingface'],
  jumpstart: ['jumpstart', 'jumpstart'],
  lmi: ['lmi', 'lmi'],
  cohere: ['cohere', 'cohere'],
} as const

const keysOf = <Key extends string>(object: Readonly<Record<Key, unknown>>): Key[] => Object.keys(object) as Key[]

let runtime: LocalRuntime
beforeAll(async () => {
  runtime = await startLocalRuntime({
    requireSignature: { accessKeyId: 'local', secretAccessKey: 'local' },
    endpoints: {
      ...Object.fromEntries(keysOf(language).map((format) => [format, demoLanguageModel({ format })])),
      ...Object.fromEntries(keysOf(embedding).map((format) => [`${format}-embed`, demoEmbeddingModel({ format })])),
      titan: demoEmbeddingModel({ format: 'titan' }),
      script: scripted(() => 'mine'),
      shared: {
        model: demoLanguageModel({ format: 'openai' }),
        inferenceComponents: ['base', 'sales'],
        deployment: { baseComponents: { sales: 'base' } },
      },
    },
  })
})
afterAll(() => runtime.close())

describe('demo endpoints are described as what their containers would be', () => {
  test.each(Object.entries(language))('%s', async (name, [container, handler, call]) => {
    const { container: found, suggestion } = await describeEndpoint(name, { endpoint: runtime.url })
    expect(found.name).toBe(container)
    expect(suggestion).toMatchObject({ kind: 'language', handler, call })
    expect(suggestion.code).toContain(`endpoint: '${runtime.url}'`)
  })

  test.each(Object.entries(embedding))('%s-embed', async (name, [container, handler]) => {
    const { container: found, suggestion } = await describeEndpoint(`${name}-embed`, { endpoint: runtime.url })
    expect(found.name).toBe(container)
    expect(suggestion).toMatchObject({ kind: 'embedding', handler, call: 'embed' })
  })

  test.each(['titan', 'script'])('%s is not known, and not guessed', async (name) => {
    const { container, suggestion } = await describeEndpoint(name, { endpoint: runtime.url })
    expect({ name: container.name, kind: suggestion.kind }).toEqual({ name: 'unknown', kind: 'unknown' })
  })

  test('inference components and adapters', async () => {
    const { inferenceComponents } = await describeEndpoint('shared', { endpoint: runtime.url })
    expect(inferenceComponents).toMatchObject([
      { name: 'base', container: { name: 'vllm' }, suggestion: { options: { inferenceComponentName: 'base' } } },
      { name: 'sales', baseComponentName: 'base', container: { name: 'vllm' }, suggestion: { handler: 'openai' } },
    ])
  })

  test('all are listed, over several pages of the service', async () => {
    const names: string[] = []
    for await (const { name } of listEndpoints({ endpoint: runtime.url })) names.push(name)
    expect(names).toHaveLength(Object.keys(language).length + Object.keys(embedding).length + 3)
  })
})

import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import {
  body,
  demoEmbeddingModel,
  demoLanguageModel,
  htmlError,
  json,
  scripted,
  serviceError,
  startLocalRuntime,
  text,
  type EmbeddingFormat,
  type LanguageFormat,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts } from './contract.ts'
import { diagnose, type Diagnosis } from './diagnose.ts'

const languageContracts: Readonly<Record<LanguageFormat, Partial<Diagnosis>>> = {
  tgi: { contract: contracts.tgi, framing: 'server-sent-events' },
  openai: { contract: contracts.openai, framing: 'server-sent-events' },
  lmi: { contract: contracts.lmi, framing: 'json-lines' },
  'lmi-async': { contract: contracts.lmi, framing: 'json-lines' },
  huggingface: { contract: contracts.huggingface, framing: 'document', streams: false },
  'jumpstart-llama2': { contract: contracts.jumpstartLlama2, knownBy: 'refusal' },
  'jumpstart-text2text': { contract: contracts.textInputs, knownBy: 'refusal' },
  cohere: { contract: contracts.cohere, knownBy: 'refusal' },
  ai21: { contract: contracts.ai21, knownBy: 'refusal' },
  triton: { contract: contracts.triton, knownBy: 'refusal' },
  'bedrock-compat': { contract: contracts.bedrockCompat, knownBy: 'refusal' },
}

const vectors = { knownBy: 'answer', dimensions: 384, streams: false } as const

/** The doctor knows dense vectors only, and no container that takes neither texts nor prompts as they are. */
type KnownEmbeddingFormat = Exclude<EmbeddingFormat, 'jina' | 'jina-colbert' | 'kserve' | 'lmi-sparse' | 'tei-sparse'>

const embeddingContracts: Readonly<Record<KnownEmbeddingFormat, Partial<Diagnosis>>> = {
  tei: { contract: contracts.tei, ...vectors },
  openai: { contract: contracts.openaiEmbedding, ...vectors },
  huggingface: { contract: contracts.tokenVectors, ...vectors },
  lmi: { contract: contracts.lmiEmbedding, ...vectors },
  jumpstart: { contract: contracts.textInputs, knownBy: 'refusal' },
  cohere: { contract: contracts.cohereEmbedding, knownBy: 'refusal' },
  titan: { contract: contracts.titan, knownBy: 'refusal' },
}

let runtime: LocalRuntime
beforeAll(async () => {
  const language = Object.keys(languageContracts) as LanguageFormat[]
  const embedding = Object.keys(embeddingContracts) as KnownEmbeddingFormat[]
  runtime = await startLocalRuntime({
    endpoints: {
      ...Object.fromEntries(language.map((format) => [format, demoLanguageModel({ format })])),
      ...Object.fromEntries(embedding.map((format) => [`${format}-embedding`, demoEmbeddingModel({ format })])),
      plain: scripted(() => text('Hello yourself.')),
      unknown: scripted(() => json({ prediction: 0.5 })),
      busy: scripted(() => serviceError('ModelNotReadyException')),
      html: scripted(() => htmlError(502)),
      late: scripted(() => body('data: {"error":"the model is required","error_type":"validation"}\n\n')),
    },
  })
})
afterAll(() => runtime.close())

async function diagnosisOf(endpointName: string): Promise<Diagnosis> {
  const endpoint = new SagemakerEndpoint({
    endpointName,
    endpoint: runtime.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const { signal } = new AbortController()
  return diagnose(endpoint, { model: undefined, url: runtime.url, signal }).finally(() => endpoint.close())
}

describe('diagnose', () => {
  it.each(Object.entries(languageContracts))('knows %s', async (format, expected) => {
    const before = runtime.requests.length
    expect(await diagnosisOf(format)).toMatchObject({ knownBy: 'answer', ...expected })
    expect(runtime.requests.length - before).toBe(1)
  })

  it.each(Object.entries(embeddingContracts))('knows embeddings of %s', async (format, expected) => {
    expect(await diagnosisOf(`${format}-embedding`)).toMatchObject(expected)
  })

  it('says what an error means, after a single call', async () => {
    const before = runtime.requests.length
    expect((await diagnosisOf('busy')).error).toMatchObject({
      code: 'model-not-ready',
      retryable: true,
      advice: expect.stringContaining('Try again'),
    })
    expect(runtime.requests.length - before).toBe(1)
    expect((await diagnosisOf('nowhere')).error).toMatchObject({ code: 'endpoint-not-found' })
    expect((await diagnosisOf('html')).error?.advice).not.toBe('')
    expect((await diagnosisOf('late')).error).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('the model is required'),
    })
  })

  it.each(['plain', 'unknown'])('does not guess: %s', async (endpoint) => {
    const { contract, error } = await diagnosisOf(endpoint)
    expect({ contract, code: error?.code }).toEqual({ contract: undefined, code: 'unexpected-response' })
  })
})

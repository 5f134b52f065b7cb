import {
  containerError,
  htmlError,
  scripted,
  startLocalRuntime,
  text,
  type LocalAnswer,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SagemakerEmbedding, type SagemakerEmbeddingOptions } from './index.ts'
import { answered, simulatedContainers } from './test-support/simulated-container.ts'
import { vectorOf } from './test-support/vector-of.ts'

/** What the container does with the texts of a request; `undefined`: it answers as it should. */
type Situation = (texts: readonly string[]) => LocalAnswer | undefined

const healthy: Situation = () => undefined
const texts = Array.from({ length: 12 }, (_, index) => `text ${index}`)
const expected = (of: readonly string[]): Float32Array[] => of.map((text) => Float32Array.from(vectorOf(text)))

describe.each(simulatedContainers)('$name', (container) => {
  let runtime: LocalRuntime
  let situation: Situation
  let sent: (readonly string[])[]

  beforeAll(async () => {
    const endpoint = scripted((request) => {
      let of: readonly string[]
      try {
        of = container.texts(request.json() as Record<string, unknown>)
      } catch (error) {
        return containerError(400, String(error))
      }
      sent.push(of)
      return (
        situation(of) ??
        answered(
          container,
          of.map((text) => vectorOf(text)),
        )
      )
    })
    runtime = await startLocalRuntime({ endpoints: { model: endpoint } })
  })
  afterAll(() => runtime.close())
  beforeEach(() => {
    situation = healthy
    sent = []
  })

  const model = (options: Partial<SagemakerEmbeddingOptions> = {}): SagemakerEmbedding =>
    new SagemakerEmbedding({
      endpointName: 'model',
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      endpoint: runtime.url,
      contentHandler: container.handler(),
      pooling: container.pooling,
      retry: { baseDelayMs: 1 },
      ...options,
    } as SagemakerEmbeddingOptions)

  /** Refuses every request with the text; answers all others. */
  const refuse =
    (text: string, refusal: () => LocalAnswer): Situation =>
    (of) =>
      of.includes(text) ? refusal() : undefined

  const skipped = async (embedding: SagemakerEmbedding): Promise<(Float32Array | string)[]> => {
    const results: (Float32Array | string)[] = []
    for await (const { embedding: vector, error } of embedding.embedStream(texts, { onError: 'skip' })) {
      results.push(vector ?? (error as Error & { code: string }).code)
    }
    return results
  }
  /** The vectors of all texts but one, which has the code in its place. */
  const allBut = (index: number, code: string): (Float32Array | string)[] =>
    expected(texts).map((vector, position) => (position === index ? code : vector))

  /** Cases for containers that take several texts in one request; none for the others. */
  const ofSeveral = <T>(cases: T[]): T[] => (container.takesSeveral ? cases : [])

  test('one text', async () => {
    expect(await model().getTextEmbedding('text 3')).toEqual(expected(['text 3'])[0])
  })

  test('several texts', async () => {
    expect(await model({ embedBatchSize: 5 }).getTextEmbeddings(texts)).toEqual(expected(texts))
    const sizes = sent.map((of) => of.length).toSorted((a, b) => a - b)
    expect(sizes).toEqual(container.takesSeveral ? [2, 5, 5] : texts.map(() => 1))
  })

  test('a query', async () => {
    expect(await model({ queryInstruction: 'query: ' }).getQueryEmbedding('text 3')).toEqual(
      expected(['query: text 3'])[0],
    )
  })

  test('more texts than it takes', async () => {
    situation = (of) => (of.length > 3 ? container.tooMany(of.length, 3) : undefined)
    const embedding = model({ concurrency: 1 })
    expect(await embedding.getTextEmbeddings(texts)).toEqual(expected(texts))
    sent = []
    expect(await embedding.getTextEmbeddings(texts)).toEqual(expected(texts))
    // What it has learnt holds: no request is refused any more.
    expect(Math.max(...sent.map((of) => of.length))).toBeLessThanOrEqual(3)
  })

  test('a text that is too long', async () => {
    situation = refuse('text 7', container.tooLong)
    await expect(model().getTextEmbeddings(texts)).rejects.toMatchObject({ index: 7 })
    const results = await skipped(model())
    expect(results[7]).toMatch(/^(?:context-length-exceeded|invalid-request)$/)
    expect(results).toEqual(allBut(7, results[7] as string))
  })

  test('a text that it refuses', async () => {
    situation = refuse('text 4', container.refused)
    await expect(model().getTextEmbeddings(texts)).rejects.toMatchObject({ index: 4 })
    const results = await skipped(model())
    expect(results[4]).toMatch(/^(?:invalid-request|model-error)$/)
    expect(results).toEqual(allBut(4, results[4] as string))
  })

  test('throttled for a while', async () => {
    let refusals = 4
    situation = () => (refusals-- > 0 ? container.throttled() : undefined)
    expect(await model({ embedBatchSize: 2 }).getTextEmbeddings(texts)).toEqual(expected(texts))
  })

  test('throttled without end', async () => {
    situation = container.throttled
    await expect(model().getTextEmbedding('text 3')).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:throttled|service-unavailable)$/),
      retryable: true,
    })
  })

  test.each(
    ofSeveral([
      ['a vector too few', -1],
      ['a vector too many', 1],
    ]),
  )('%s', async (_, more) => {
    situation = (of) => {
      const wrong = more < 0 ? of.slice(1) : [...of, 'another']
      return answered(
        container,
        wrong.map((text) => vectorOf(text)),
      )
    }
    await expect(model().getTextEmbeddings(texts)).rejects.toMatchObject({
      code: 'unexpected-response',
      message: expect.stringMatching(/expected 10 vectors, got (?:9|11) /),
    })
  })

  test('a vector of another width', async () => {
    situation = (of) =>
      answered(
        container,
        of.map((text) => vectorOf(text, text === 'text 5' ? 3 : 4)),
      )
    await expect(model().getTextEmbeddings(texts)).rejects.toMatchObject({
      code: 'unexpected-response',
      index: 5,
      message: expect.stringMatching(/expected (?:a vector|vectors) of 4 numbers, got 3/),
    })
    expect(await skipped(model())).toEqual(allBut(5, 'unexpected-response'))
  })

  test('vectors of different widths in different answers', async () => {
    situation = (of) =>
      answered(
        container,
        of.map((text) => vectorOf(text, of.includes('text 2') ? 3 : 4)),
      )
    await expect(model({ embedBatchSize: 2, concurrency: 1 }).getTextEmbeddings(texts)).rejects.toMatchObject({
      code: 'unexpected-response',
      message: expect.stringContaining('expected vectors of 4 numbers, got 3'),
    })
  })

  test('null inside a vector', async () => {
    situation = (of) =>
      answered(
        container,
        of.map((text) => (text === 'text 6' ? [0.5, null, 0.25, 1] : vectorOf(text))),
      )
    await expect(model().getTextEmbeddings(texts)).rejects.toMatchObject({
      code: 'unexpected-response',
      index: 6,
      message: expect.stringContaining('number 1 of 4 in the vector is not finite'),
    })
    expect(await skipped(model())).toEqual(allBut(6, 'unexpected-response'))
  })

  test('HTML in place of an answer', async () => {
    situation = () => text('<html><body>It works!</body></html>', { contentType: 'text/html' })
    await expect(model().getTextEmbedding('text 3')).rejects.toMatchObject({ code: 'unexpected-response' })
    situation = () => htmlError(200)
    await expect(model().getTextEmbedding('text 3')).rejects.toMatchObject({ code: 'unexpected-response' })
    situation = () => htmlError(502)
    await expect(model({ retry: { maxAttempts: 1 } }).getTextEmbedding('text 3')).rejects.toMatchObject({
      code: 'service-unavailable',
    })
  })
})

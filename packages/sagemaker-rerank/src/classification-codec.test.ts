import { describe, expect, test } from 'vitest'
import {
  classificationCodec,
  huggingfaceClassification,
  jumpstartClassification,
  SagemakerClassifier,
  teiClassification,
  vllmClassification,
} from './index.ts'
import { failureOf } from './test-support/failure-of.ts'

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const parse = (bytes: Uint8Array | undefined): unknown => JSON.parse(new TextDecoder().decode(bytes))
const row = (score: number) => [
  { label: 'no', score: 1 - score },
  { label: 'yes', score },
]
const yes = (score: number) => ({ label: 'yes', score, scores: row(score).toReversed() })

describe('classificationCodec', () => {
  test('writes a request and reads its answer, without an endpoint', async () => {
    const codec = classificationCodec({ contentHandler: teiClassification(), additionalParameters: { truncate: true } })
    const request = await codec.request('a')
    expect(parse(request.body)).toEqual({ inputs: [['a']], raw_scores: false, truncate: true })
    expect(request).toMatchObject({ contentType: 'application/json', accept: 'application/json', warnings: [] })
    expect(await codec.response(encode([row(0.75)]), 'a')).toEqual(yes(0.75))
  })

  test('several texts share a request, where the container takes several', async () => {
    const { batch } = classificationCodec({ contentHandler: teiClassification(), batchSize: 100 })
    expect(batch?.maxItems).toBe(32)
    const texts = ['a', 'b', 'c']
    expect(parse((await batch?.join(texts))?.body)).toMatchObject({ inputs: [['a'], ['b'], ['c']] })
    const broken = [{ label: 'yes', score: null }]
    expect(await batch?.split(encode([row(0.75), broken, row(1)]), texts)).toEqual([
      yes(0.75),
      expect.objectContaining({ code: 'unexpected-response', index: 1 }),
      yes(1),
    ])
    expect(classificationCodec({ contentHandler: jumpstartClassification() }).batch?.maxItems).toBe(1)
  })

  test('without a handler writes what several containers understand, and reads any answer', async () => {
    const codec = classificationCodec({ topK: 1 })
    const first = await codec.request('a')
    expect(parse(first.body)).toEqual({ inputs: [['a']], input: ['a'] })
    const ofVllm = { data: [{ index: 0, label: 'yes', probs: [0.25, 0.75], num_classes: 2 }] }
    const best = { label: 'yes', score: 0.75, scores: [{ label: 'yes', score: 0.75 }] }
    expect(await codec.response(encode(ofVllm), 'a')).toEqual(best)
    expect(await codec.response(encode([row(0.75)]), 'a')).toEqual(best)
    // An answer changes no later request.
    expect(await codec.request('a')).toEqual(first)
  })

  test('has a name that changes with its requests', () => {
    const name = (options: Parameters<typeof classificationCodec>[0]): string => classificationCodec(options).name
    expect(name({})).toBe(name({ batchSize: 7 }))
    const options = [{}, { contentHandler: vllmClassification() }, { labels: ['a'] }, { multiLabel: true }, { topK: 2 }]
    expect(new Set(options.map(name)).size).toBe(options.length)
  })

  test.each<[string, unknown, string]>([
    ['fewer rows than texts', [row(1)], 'unexpected-response'],
    ['more rows than texts', [row(1), row(1), row(1)], 'unexpected-response'],
    ['another shape', { ok: true }, 'unexpected-response'],
    ["the container's own error", { error: 'Model is overloaded', error_type: 'Overloaded' }, 'throttled'],
  ])('%s is a typed error', async (_, answer, code) => {
    const { batch } = classificationCodec({ contentHandler: teiClassification() })
    expect(await failureOf(batch!.split(encode(answer), ['a', 'b']))).toMatchObject({ code })
  })

  test('refuses what the container cannot take', async () => {
    const codec = classificationCodec({ contentHandler: teiClassification(), labels: ['a', 'b'] })
    expect(await failureOf(codec.request('x'))).toMatchObject({ code: 'invalid-request' })
    expect(await failureOf(codec.batch!.join(['x', 7 as never]))).toMatchObject({ code: 'invalid-request', index: 1 })
    expect(() => classificationCodec({ topK: 0 })).toThrow(expect.objectContaining({ code: 'invalid-request' }))
    expect(() => classificationCodec({ labels: [] })).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  })

  test('of a model has its options', async () => {
    const classifier = new SagemakerClassifier({
      endpointName: 'x',
      region: 'us-east-1',
      contentHandler: huggingfaceClassification(),
      batchSize: 5,
      additionalParameters: { hypothesis_template: 'It is {}.' },
    })
    const codec = classifier.codec({ labels: ['a', 'b'], multiLabel: true })
    expect(parse((await codec.request('x')).body)).toMatchObject({
      inputs: ['x'],
      parameters: { candidate_labels: ['a', 'b'], multi_label: true },
    })
    expect(codec.batch?.maxItems).toBe(5)
    classifier.close()
  })
})

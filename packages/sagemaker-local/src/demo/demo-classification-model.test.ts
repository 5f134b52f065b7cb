import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InvokeEndpointCommand } from '@aws-sdk/client-sagemaker-runtime'
import { demoClassificationModel, startLocalRuntime, type ClassificationFormat, type LocalRuntime } from '../index.ts'
import { callEndpoint, callRefused } from '../test-support/call-endpoint.ts'
import { sdkClient } from '../test-support/sdk-client.ts'

const formats: readonly ClassificationFormat[] = ['tei', 'vllm', 'huggingface', 'jumpstart']
const good = 'What a wonderful, beautiful day'
const bad = 'The food was terrible and the waiter rude'
const long = 'word '.repeat(50)

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      ...Object.fromEntries(formats.map((format) => [format, demoClassificationModel({ format, maxTokens: 40 })])),
      'one label': demoClassificationModel({ labels: { spam: 'win money now' } }),
    },
  })
})
afterAll(() => runtime.close())

interface LabelScore {
  readonly label: string
  readonly score: number
}

interface ZeroShot {
  readonly sequence: string
  readonly labels: readonly string[]
  readonly scores: readonly number[]
}

const call = <T = readonly LabelScore[]>(name: string, body: unknown): Promise<T> =>
  callEndpoint(runtime, name, body) as Promise<T>

describe('tei', () => {
  test('one text, a batch, and the pair that looks like a batch', async () => {
    const single = await call('tei', { inputs: good })
    expect(single[0]?.label).toBe('positive')
    expect(single).toHaveLength(3)
    expect(single.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1)
    const batch = await call<LabelScore[][]>('tei', { inputs: [[good], [bad]] })
    expect(batch[0]).toEqual(single)
    expect(batch[1]?.[0]?.label).toBe('negative')
    const pair = await call('tei', { inputs: [good, bad] })
    expect(pair).toHaveLength(3)
    expect(pair[0]).toEqual({ label: expect.any(String), score: expect.any(Number) })
    expect(await call('tei', { inputs: [[good, bad], [good]] })).toEqual([pair, single])
  })

  test('raw scores, and the sigmoid of a model with one label', async () => {
    const raw = await call('tei', { inputs: good, raw_scores: true })
    expect(raw[0]?.score).toBeGreaterThan(1)
    expect(await call('one label', { inputs: 'win money now' })).toEqual([
      { label: 'spam', score: expect.closeTo(1, 2) },
    ])
  })

  test.each([
    [{ inputs: Array.from({ length: 33 }, () => ['a']) }, 422, { error: expect.stringContaining('batch size 33') }],
    [{ inputs: [[good], [long]] }, 422, { error: expect.stringContaining('less than 40 tokens') }],
    [{ inputs: [] }, 400, { error_type: 'Empty' }],
  ])('refuses %j', async (body, status, content) => {
    expect(await callRefused(runtime, 'tei', body)).toEqual([status, expect.objectContaining(content)])
  })

  test('refuses three texts in a list', async () => {
    expect(await callRefused(runtime, 'tei', { inputs: ['a', 'b', 'c'] })).toEqual([
      422,
      expect.stringContaining('`inputs` must be'),
    ])
  })
})

describe('vllm', () => {
  test('names only the best label', async () => {
    const answer = await call<{ data: { probs: number[] }[] }>('vllm', { input: [good, bad], model: 'demo' })
    expect(answer).toMatchObject({
      object: 'list',
      model: 'demo',
      data: [
        { index: 0, label: 'positive', num_classes: 3 },
        { index: 1, label: 'negative', num_classes: 3 },
      ],
      usage: { prompt_tokens: expect.any(Number) },
    })
    expect(answer.data[0]?.probs).toHaveLength(3)
  })

  test.each([
    [{ input: [] }, 400, 'input cannot be empty'],
    [{ input: [good], model: 'other' }, 404, 'The model `other` does not exist.'],
    [{ inputs: [good] }, 400, expect.stringContaining('Cannot find suitable handler')],
    [{ input: [long] }, 400, expect.stringContaining('maximum context length is 40 tokens')],
  ])('refuses %j', async (body, status, message) => {
    expect(await callRefused(runtime, 'vllm', body)).toEqual([
      status,
      { error: expect.objectContaining({ message, code: status }) },
    ])
  })
})

describe('huggingface', () => {
  test('the best label, or as many as top_k says', async () => {
    expect(await call('huggingface', { inputs: good })).toMatchObject([{ label: 'positive' }])
    expect(await call('huggingface', { inputs: [good, bad] })).toMatchObject([
      { label: 'positive' },
      { label: 'negative' },
    ])
    expect(await call('huggingface', { inputs: good, parameters: { top_k: null } })).toHaveLength(3)
    const batch = await call<LabelScore[][]>('huggingface', {
      inputs: [good, bad],
      parameters: { top_k: 2, function_to_apply: 'none' },
    })
    expect(batch.map((labels) => labels.length)).toEqual([2, 2])
  })

  test('zero-shot: labels of the request, best first, exclusive or independent', async () => {
    const inputs = ['A weather report for boats', 'How to bake bread']
    const [first, second] = await call<ZeroShot[]>('huggingface', {
      inputs,
      parameters: { candidate_labels: ['baking', 'weather'] },
    })
    expect(first).toEqual({
      sequence: inputs[0],
      labels: ['weather', 'baking'],
      scores: [expect.any(Number), expect.any(Number)],
    })
    expect(first!.scores[0]! + first!.scores[1]!).toBeCloseTo(1)
    expect(second?.labels[0]).toBe('baking')
    const { labels, scores } = await call<ZeroShot>('huggingface', {
      inputs: inputs[0],
      parameters: { candidate_labels: 'weather, boats', multi_label: true },
    })
    expect(labels.toSorted()).toEqual(['boats', 'weather'])
    expect(scores[0]! + scores[1]!).toBeGreaterThan(1.5)
  })

  test.each([
    [{ inputs: 1 }, 'The input must be text or texts'],
    [{ inputs: long }, expect.stringMatching(/^The size of tensor a/)],
    [{ inputs: good, parameters: { candidate_labels: [] } }, expect.stringContaining('at least one label')],
  ])('refuses %j', async (body, message) => {
    expect(await callRefused(runtime, 'huggingface', body)).toEqual([
      400,
      { code: 400, type: 'InternalServerException', message },
    ])
    expect(await call('huggingface', { inputs: long, parameters: { truncation: true } })).toHaveLength(1)
  })
})

test('jumpstart: probabilities, with labels if the caller accepts verbose', async () => {
  const ask = async (Accept?: string): Promise<unknown> => {
    const { Body } = await sdkClient(runtime).send(
      new InvokeEndpointCommand({ EndpointName: 'jumpstart', ContentType: 'application/x-text', Body: good, Accept }),
    )
    return JSON.parse(Body.transformToString())
  }
  const probabilities = [expect.any(Number), expect.any(Number), expect.any(Number)]
  expect(await ask()).toEqual({ probabilities })
  expect(await ask('application/json;verbose')).toEqual({
    probabilities,
    labels: ['negative', 'neutral', 'positive'],
    predicted_label: 'positive',
  })
  expect(await callRefused(runtime, 'jumpstart', { inputs: good })).toEqual([400, expect.anything()])
})

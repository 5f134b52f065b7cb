import { json, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { array, assert, asyncProperty, double, integer, nat, option } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rerankCodec, SagemakerReranker, teiRerank, vllmRerank } from './index.ts'
import { failureOf } from './test-support/failure-of.ts'

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const parse = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))
const documents = ['a', 'b', 'c']

describe('rerankCodec', () => {
  test('writes a request and reads its answer, without an endpoint', async () => {
    const codec = rerankCodec({ contentHandler: teiRerank() })
    expect(codec.name).toMatch(/^rerank:tei:/)
    const input = { query: 'q', documents, topN: 2 }
    const { body, contentType, accept, warnings } = await codec.request(input)
    expect(parse(body)).toEqual({ query: 'q', texts: documents, raw_scores: false })
    expect([contentType, accept, warnings]).toEqual(['application/json', 'application/json', []])
    const answer = [
      { index: 2, score: 0.9 },
      { index: 0, score: 0.8 },
      { index: 1, score: 0.1 },
    ]
    expect(await codec.response(encode(answer), input, 'application/json')).toEqual({
      ranking: [
        { index: 2, score: 0.9, document: 'c' },
        { index: 0, score: 0.8, document: 'a' },
      ],
      scoreKind: 'probability',
      tokens: undefined,
      raw: answer,
    })
  })

  test('without a handler writes what several containers understand, and reads any answer', async () => {
    const codec = rerankCodec()
    const input = { query: 'q', documents }
    expect(parse((await codec.request(input)).body)).toEqual({ query: 'q', texts: documents, documents })
    const { ranking } = await codec.response(encode([[0.1], [0.3], [0.2]]), input)
    expect(ranking.map(({ index }) => index)).toEqual([1, 2, 0])
  })

  test('is pure: an answer changes no later request, and the name changes with the requests', async () => {
    const codec = rerankCodec()
    const input = { query: 'q', documents }
    const first = await codec.request(input)
    await codec.response(encode({ results: documents.map((_, index) => ({ index, relevance_score: 0.5 })) }), input)
    expect(await codec.request(input)).toEqual(first)
    expect(codec.name).toBe(rerankCodec().name)
    const others = [rerankCodec({ contentHandler: vllmRerank() }), rerankCodec({ modelName: 'bge' })]
    expect(new Set([codec, ...others].map(({ name }) => name)).size).toBe(3)
  })

  test('an answer that does not fit is a typed error that names the document', async () => {
    const codec = rerankCodec({ contentHandler: teiRerank() })
    const input = { query: 'q', documents }
    const read = (answer: unknown) => failureOf(codec.response(encode(answer), input))
    expect(await read([{ index: 0, score: 1 }])).toMatchObject({ code: 'unexpected-response' })
    const scores = documents.map((_, index) => ({ index, score: index === 1 ? null : 0.5 }))
    expect(await read(scores)).toMatchObject({ code: 'unexpected-response', index: 1 })
    expect(await read({ error: 'Model is overloaded', error_type: 'Overloaded' })).toMatchObject({ code: 'throttled' })
    expect(await failureOf(codec.request({ query: '', documents }))).toMatchObject({ code: 'invalid-request' })
    expect(await failureOf(codec.request({ query: 'q', documents: [] }))).toMatchObject({ code: 'invalid-request' })
  })

  test('a model gives its own codec', async () => {
    await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
    const reranker = new SagemakerReranker({
      endpointName: 'it',
      ...runtime.connection,
      contentHandler: vllmRerank(),
      modelName: 'bge',
      additionalParameters: { priority: 1 },
    })
    const { body } = await reranker
      .codec()
      .request({ query: 'q', documents, topN: 2, additionalParameters: { priority: 2 } })
    expect(parse(body)).toEqual({ model: 'bge', query: 'q', documents, top_n: 2, priority: 2 })
    expect(runtime.requests).toEqual([])
    reranker.close()
  })
})

describe('whatever the scores and the order of an answer', () => {
  const score = double({ min: 0, max: 1, noNaN: true })

  test('every document has its own score, best first, ties in order', async () => {
    const codec = rerankCodec({ contentHandler: teiRerank() })
    await assert(
      asyncProperty(array(score, { minLength: 1, maxLength: 40 }), nat(), async (scores, seed) => {
        const of = scores.map((_, index) => `document ${index}`)
        const answer = scores.map((value, index) => ({ index, score: value }))
        // A permutation: containers sort by score, but need not.
        answer.sort((a, b) => ((a.index * 7919 + seed) % 97) - ((b.index * 7919 + seed) % 97))
        const { ranking } = await codec.response(encode(answer), { query: 'q', documents: of })
        expect(ranking.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(scores.map((_, index) => index))
        for (const { index, score: value, document } of ranking) {
          expect([value, document]).toEqual([scores[index], of[index]])
        }
        for (const [position, { score: value, index }] of ranking.slice(1).entries()) {
          const previous = ranking[position]!
          expect(previous.score > value || (previous.score === value && previous.index < index)).toBe(true)
        }
      }),
    )
  })

  test('a changed index or a lost entry is an error', async () => {
    const codec = rerankCodec({ contentHandler: teiRerank() })
    await assert(
      asyncProperty(
        array(score, { minLength: 2, maxLength: 20 }),
        nat(),
        option(integer({ min: -3, max: 30 })),
        async (scores, position, index) => {
          const answer = scores.map((value, own) => ({ index: own, score: value }))
          const changed = answer[position % answer.length]!
          if (index === changed.index) return
          if (index === null) answer.splice(changed.index, 1)
          else changed.index = index
          const documents = scores.map((_, own) => `document ${own}`)
          const error = await failureOf(codec.response(encode(answer), { query: 'q', documents }))
          expect(error.code).toBe('unexpected-response')
        },
      ),
    )
  })
})

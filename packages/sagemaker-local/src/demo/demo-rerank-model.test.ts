import { assert, array, asyncProperty, constantFrom, string } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoRerankModel, startLocalRuntime, type LocalRuntime, type RerankFormat } from '../index.ts'
import { callEndpoint, callRefused } from '../test-support/call-endpoint.ts'

const query = 'boats in bad weather'
const texts = ['Bread is made from flour.', 'In bad weather the boats stay in the harbour.', 'The weather is bad.']
const bestFirst = [1, 2, 0]
const formats: readonly RerankFormat[] = ['tei', 'vllm', 'cohere', 'jina', 'huggingface', 'djl']

interface Result extends Readonly<Record<'score' | 'relevance_score', number>> {
  readonly index: number
}

/** The members of all formats that the tests read. */
type Answer = readonly Result[] & {
  readonly results: readonly Result[]
  readonly data: readonly { readonly results: readonly Result[] }[]
}

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: Object.fromEntries(
      formats.map((format) => [format, demoRerankModel({ format, modelName: 'bge', maxTokens: 40 })]),
    ),
  })
})
afterAll(() => runtime.close())

const call = <T = Answer>(format: RerankFormat, body: unknown): Promise<T> =>
  callEndpoint(runtime, format, body) as Promise<T>
const refused = (format: RerankFormat, body: unknown, contentType?: string) =>
  callRefused(runtime, format, body, contentType === undefined ? {} : { contentType })

/** How each format asks for a ranking, and the scores in the order of the documents that its answer holds. */
const exchanges: Readonly<
  Record<
    RerankFormat,
    { ask: (query: string, texts: readonly string[]) => object; scores: (answer: Answer) => readonly number[] }
  >
> = {
  tei: { ask: (query, texts) => ({ query, texts, truncate: true }), scores: (answer) => byIndex(answer, 'score') },
  vllm: {
    ask: (query, documents) => ({ query, documents, truncate_prompt_tokens: -1 }),
    scores: ({ results }) => byIndex(results, 'relevance_score'),
  },
  cohere: {
    ask: (query, documents) => ({ query: query || ' ', documents }),
    scores: ({ results }) => byIndex(results, 'relevance_score'),
  },
  jina: {
    ask: (query, texts) => ({ data: { query, documents: texts.map((text) => ({ text })) } }),
    scores: ({ data }) => byIndex(data[0]!.results, 'relevance_score'),
  },
  huggingface: {
    ask: (query, texts) => ({
      inputs: texts.map((text) => ({ text: query, text_pair: text })),
      parameters: { truncation: true },
    }),
    scores: (answer) => answer.map(({ score }) => score),
  },
  djl: {
    ask: (query, texts) => ({ query, texts }),
    scores: (answer) => (answer as unknown as number[][]).map(([score]) => score!),
  },
}

function byIndex(results: readonly Result[], member: 'score' | 'relevance_score'): number[] {
  const scores: number[] = []
  for (const result of results) scores[result.index] = result[member]
  return scores
}

describe('every format', () => {
  test.each(formats)('%s ranks the document that shares most with the query first', async (format) => {
    const { ask, scores } = exchanges[format]
    const found = scores(await call(format, ask(query, texts)))
    expect(found.map((_, index) => index).toSorted((a, b) => found[b]! - found[a]!)).toEqual(bestFirst)
    expect(Math.min(...found)).toBeGreaterThan(0)
    expect(Math.max(...found)).toBeLessThan(1)
  })

  test('any texts get one score each, the same in every format', async () => {
    const text = string({ unit: 'grapheme', maxLength: 20 })
    await assert(
      asyncProperty(
        text,
        array(text, { minLength: 1, maxLength: 8 }),
        constantFrom(...formats),
        async (query, texts, format) => {
          if (format === 'cohere' && query === '') return
          const answer = async (asked: RerankFormat): Promise<readonly number[]> =>
            exchanges[asked].scores(await call(asked, exchanges[asked].ask(query, texts)))
          const scores = await answer(format)
          expect(scores).toEqual(await answer('djl'))
          expect(Object.keys(scores)).toHaveLength(texts.length)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('tei', () => {
  test('sorts, gives texts back and logits on demand', async () => {
    const answer = await call('tei', { query, texts, raw_scores: true, return_text: true })
    expect(answer.map(({ index }) => index)).toEqual(bestFirst)
    expect(answer[0]).toEqual({ index: 1, text: texts[1], score: expect.any(Number) })
    expect(answer[2]?.score).toBeLessThan(0)
  })

  test('refuses as the server does', async () => {
    const long = 'word '.repeat(50)
    expect(await refused('tei', { query, texts: Array.from({ length: 33 }, () => 'a') })).toEqual([
      422,
      { error: 'batch size 33 > maximum allowed batch size 32', error_type: 'Validation' },
    ])
    expect(await refused('tei', { query, texts: [] })).toEqual([
      400,
      { error: '`texts` cannot be empty', error_type: 'Empty' },
    ])
    expect(await refused('tei', { query, texts: ['a', long] })).toEqual([
      422,
      { error: expect.stringMatching(/must have less than 40 tokens. Given: \d+/), error_type: 'Validation' },
    ])
    expect(await call('tei', { query, texts: ['a', long], truncate: true })).toHaveLength(2)
    expect(await refused('tei', { inputs: 'a' })).toEqual([
      422,
      'Failed to deserialize the JSON body into the target type: missing field `query`',
    ])
    expect(await refused('tei', { query, texts: [1] })).toEqual([422, expect.stringContaining('`texts` must be')])
    expect(await refused('tei', '{', 'text/plain')).toEqual([415, expect.stringContaining('Content-Type')])
    expect(await refused('tei', { query, texts: ['a'.repeat(2_000_001)] })).toEqual([413, 'length limit exceeded'])
  })
})

describe('vllm', () => {
  test('counts tokens, cuts to top_n, reads the text of multimodal content', async () => {
    const documents = texts.map((text) => ({ content: [{ type: 'text', text }] }))
    expect(await call('vllm', { query, documents, top_n: 2, model: 'bge' })).toEqual({
      id: expect.stringMatching(/^rerank-/),
      model: 'bge',
      usage: { total_tokens: expect.any(Number), prompt_tokens: expect.any(Number) },
      results: [
        { index: 1, document: { text: texts[1], multi_modal: null }, relevance_score: expect.any(Number) },
        { index: 2, document: { text: texts[2], multi_modal: null }, relevance_score: expect.any(Number) },
      ],
    })
  })

  test.each([
    ['text_1', 'text_2'],
    ['queries', 'documents'],
    ['data_1', 'data_2'],
  ])('scores %s and %s, one to many and pair by pair', async (left, right) => {
    const many = await call('vllm', { [left]: query, [right]: texts })
    expect(many).toMatchObject({ object: 'list', data: [{ index: 0, object: 'score' }, { index: 1 }, { index: 2 }] })
    const pairs = await call('vllm', { [left]: texts.map(() => query), [right]: texts })
    expect(pairs.data).toEqual(many.data)
    expect(await refused('vllm', { [left]: [query, query], [right]: texts })).toEqual([
      400,
      { error: expect.objectContaining({ message: 'Input lengths must be either 1:1, 1:N or N:N' }) },
    ])
  })

  test.each(['use_activation', 'activation', 'softmax'])('%s: false gives logits', async (name) => {
    const { results } = await call('vllm', { query, documents: ['nothing shared: xyz'], [name]: false })
    expect(results[0]?.relevance_score).toBeLessThan(0)
  })

  test('refuses as the server does', async () => {
    const error = (message: unknown, type: string, code: number) => [
      code,
      { error: { message, type, param: null, code } },
    ]
    expect(await refused('vllm', { query, documents: ['a'], model: 'other' })).toEqual(
      error('The model `other` does not exist.', 'NotFoundError', 404),
    )
    expect(await refused('vllm', { query, documents: ['word '.repeat(50)] })).toEqual(
      error(expect.stringContaining("model's maximum context length is 40 tokens"), 'BadRequestError', 400),
    )
    expect(await refused('vllm', { inputs: 'a' })).toEqual(
      error(expect.stringContaining('Cannot find suitable handler'), 'BadRequestError', 400),
    )
    expect(await refused('vllm', '{}', 'text/plain')).toEqual([415, expect.anything()])
  })
})

describe('cohere', () => {
  test('takes texts and objects with rank_fields, gives documents back', async () => {
    expect(await call('cohere', { query, documents: texts, top_n: 1, return_documents: true })).toMatchObject({
      results: [{ index: 1, document: { text: texts[1] } }],
    })
    const documents = texts.map((text, index) => ({ title: `Nr. ${index}`, body: text }))
    const { results } = await call('cohere', { query, documents, rank_fields: ['body'] })
    expect(results[0]).toEqual({ index: 1, relevance_score: expect.any(Number) })
    expect(await refused('cohere', { query, documents })).toEqual([
      400,
      { message: 'invalid request: document at index 0 is missing the field(s): text' },
    ])
  })

  test('refuses an empty query, no documents, a top_n of 0', async () => {
    for (const [body, message] of [
      [{ query: '', documents: ['a'] }, 'query must not be empty'],
      [{ query, documents: [] }, 'list of documents must not be empty'],
      [{ query, documents: ['a'], top_n: 0 }, 'top_n must be at least 1'],
    ] as const)
      expect(await refused('cohere', body)).toEqual([400, { message: `invalid request: ${message}` }])
  })
})

describe('jina', () => {
  test('answers each query of a list, also with images', async () => {
    const documents = [{ image: 'https://example.com/boats.png' }, { text: texts[1]! }]
    const { data } = await call('jina', {
      data: [
        { documents, query, top_n: 1 },
        { documents, query: 'png' },
      ],
    })
    expect(data).toHaveLength(2)
    expect(data[0]?.results).toEqual([
      {
        id: expect.any(String),
        index: 1,
        document: { id: expect.any(String), text: texts[1] },
        relevance_score: expect.any(Number),
        usage: { total_tokens: expect.any(Number) },
      },
    ])
    expect(data[1]?.results[0]?.index).toBe(0)
  })

  test('refuses what has no query or documents', async () => {
    expect(await refused('jina', { query, documents: texts })).toEqual([
      422,
      { detail: [expect.objectContaining({ msg: expect.stringContaining('`data` must be') })] },
    ])
    expect(await refused('jina', { data: { query, documents: [{}] } })).toEqual([422, expect.anything()])
  })
})

describe('huggingface', () => {
  test('a single pair is not a list; top_k makes lists; logits on demand', async () => {
    const pair = { text: query, text_pair: texts[0] }
    expect(await call('huggingface', { inputs: pair })).toEqual({ label: 'LABEL_0', score: expect.any(Number) })
    expect(await call('huggingface', { inputs: [pair], parameters: { top_k: null } })).toMatchObject([
      [{ label: 'LABEL_0' }],
    ])
    const [raw] = await call('huggingface', { inputs: [pair], parameters: { function_to_apply: 'none' } })
    expect(raw?.score).toBeLessThan(0)
  })

  test('refuses everything with 400', async () => {
    const failure = (message: unknown) => [400, { code: 400, type: 'InternalServerException', message }]
    expect(await refused('huggingface', { query, texts, documents: texts })).toEqual(
      failure(expect.stringContaining('text input must be of type')),
    )
    const long = { text: query, text_pair: 'word '.repeat(50) }
    expect(await refused('huggingface', { inputs: [long] })).toEqual(
      failure(expect.stringMatching(/^The size of tensor a/)),
    )
  })
})

describe('djl', () => {
  test('takes three bodies', async () => {
    const [first] = await call<unknown[]>('djl', { query, texts })
    expect(
      await call('djl', [
        { text: query, text_pair: texts[0] },
        { key: query, value: texts[0] },
      ]),
    ).toEqual([first, first])
    expect(await call('djl', { inputs: [{ key: query, value: texts[0] }] })).toEqual([first])
    expect(await call('djl', { text: query, text_pair: texts[0] })).toEqual(first)
  })

  test('refuses what lacks a side', async () => {
    for (const body of [{ query }, { text: query }, [{ text: query }], [], { query, texts: [1] }])
      expect(await refused('djl', body)).toEqual([
        400,
        { code: 400, type: 'TranslateException', message: 'Missing text or text_pair in json.' },
      ])
  })
})

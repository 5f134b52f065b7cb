import { describe, expect, test } from 'vitest'
import { embeddingCodec, jinaEmbedding, openaiEmbedding, SagemakerEmbedding, teiEmbedding } from './index.ts'

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const parsed = ({ body }: { readonly body: Uint8Array }): unknown => JSON.parse(new TextDecoder().decode(body))

describe('a codec', () => {
  const codec = embeddingCodec({ contentHandler: teiEmbedding(), textInstruction: 'passage: ', embedBatchSize: 50 })

  test('writes what the model object sends', async () => {
    const request = await codec.request('a')
    expect(parsed(request)).toEqual({ inputs: ['passage: a'], truncate: false })
    expect(request).toMatchObject({ contentType: 'application/json', accept: 'application/json', warnings: [] })
    expect(parsed((await codec.batch?.join(['a', { text: 'b' }])) ?? request)).toMatchObject({
      inputs: ['passage: a', 'passage: b'],
    })
    expect(codec.batch?.maxItems).toBe(32)
  })

  test('reads one answer, and those of a batch with the inputs that failed', async () => {
    expect(await codec.response(bytes([[1, 2]]), 'a')).toEqual(Float32Array.of(1, 2))
    const outcomes = await codec.batch?.split(bytes([[1, 2], null]), ['a', 'b'])
    expect(outcomes).toEqual([Float32Array.of(1, 2), expect.objectContaining({ code: 'unexpected-response' })])
  })

  test.each<[string, unknown, string]>([
    ['too few vectors', [[1, 2]], 'unexpected-response'],
    ["the container's own error", { error: 'Model is overloaded', error_type: 'Overloaded' }, 'throttled'],
  ])('throws for an answer that cannot be divided: %s', async (_, answer, code) => {
    await expect(codec.batch?.split(bytes(answer), ['a', 'b'])).rejects.toMatchObject({ code })
    await expect(codec.response(bytes({ x: 1 }), 'a')).rejects.toMatchObject({ code: 'unexpected-response' })
  })

  test('remembers nothing from one answer to the next', async () => {
    expect(await codec.response(bytes([[1, 2]]), 'a')).toHaveLength(2)
    expect(await codec.response(bytes([[1, 2, 3]]), 'a')).toHaveLength(3)
  })

  test('takes images or texts, not both in one request', async () => {
    const jina = embeddingCodec({ contentHandler: jinaEmbedding() })
    const image = { image: { url: 'https://example.com/a.png' } }
    expect(parsed(await jina.request(image))).toEqual({ data: [{ image: 'https://example.com/a.png' }] })
    expect(await jina.response(bytes({ data: [{ embedding: [1] }] }), image)).toEqual(Float32Array.of(1))
    await expect(jina.batch?.join([image, 'a'])).rejects.toMatchObject({ code: 'invalid-request', index: 1 })
  })

  test('has a name that changes with its requests, and with nothing else', () => {
    const name = (options: Parameters<typeof embeddingCodec>[0]): string => embeddingCodec(options).name
    const first = name({ contentHandler: teiEmbedding() })
    expect(first).toMatch(/^embedding:tei:/)
    expect(name({ contentHandler: teiEmbedding(), embedBatchSize: 3 })).toBe(first)
    const others = [
      name({ contentHandler: teiEmbedding(), kind: 'query' }),
      name({ contentHandler: teiEmbedding(), textInstruction: 'x' }),
      name({ contentHandler: teiEmbedding(), dimensions: 3 }),
      name({ contentHandler: openaiEmbedding() }),
    ]
    expect(new Set([first, ...others]).size).toBe(5)
  })

  test('of a model object has its options', async () => {
    const embedding = new SagemakerEmbedding({
      endpointName: 'x',
      region: 'us-east-1',
      contentHandler: openaiEmbedding(),
      queryInstruction: 'query: ',
    })
    const query = embedding.codec({ kind: 'query', dtype: 'int8' })
    expect(parsed(await query.request('a'))).toEqual({
      input: ['query: a'],
      encoding_format: 'float',
      output_dtype: 'int8',
    })
    expect(await query.response(bytes({ data: [{ embedding: [1, -1] }] }), 'a')).toEqual(Int8Array.of(1, -1))
    embedding.close()
  })
})

/** Inputs that were publicly reported, or measured, to be read wrongly by clients of embedding containers. */
import { Buffer } from 'node:buffer'
import { containerError, json, text, type LocalAnswer } from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  cohereEmbedding,
  type EmbeddingContentHandler,
  type EmbeddingDtype,
  jinaEmbedding,
  kserveEmbedding,
  openaiEmbedding,
  type SagemakerError,
  teiEmbedding,
} from './index.ts'
import { expectedVector, type Script, scriptedModel, type ScriptedModel } from './test-support/scripted-model.ts'
import { vectorOf } from './test-support/vector-of.ts'

let model: ScriptedModel
beforeAll(async () => {
  model = await scriptedModel()
})
afterAll(() => model[Symbol.asyncDispose]())
beforeEach(async () => {
  await model.runtime.idle()
  model.sent.length = 0
  model.script = () => undefined
})

const listOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `text ${index}`)
const failureOf = (call: Promise<unknown>): Promise<SagemakerError | undefined> =>
  call.then(
    () => undefined,
    (error: SagemakerError) => error,
  )
const lastBody = (): Record<string, unknown> => model.runtime.requests.at(-1)?.json() as Record<string, unknown>
/** The format under test, with the request that the scripted model takes. */
const withInputs = (handler: EmbeddingContentHandler): EmbeddingContentHandler => ({
  ...handler,
  request: (texts, call) => {
    const { body, ...media } = handler.request(texts, call)
    const asked = JSON.parse(new TextDecoder().decode(body)) as object
    return { ...media, body: new TextEncoder().encode(JSON.stringify({ ...asked, inputs: texts })) }
  },
})

/** The texts that got their vector, and the indices that the errors of the others name. */
async function skipped(
  texts: readonly string[],
  options = {},
): Promise<{ good: string[]; bad: (number | undefined)[] }> {
  const rows = []
  for await (const row of model.embedding(options).embedStream(texts, { onError: 'skip' })) rows.push(row)
  const good = rows.filter(({ embedding }) => embedding !== undefined)
  expect(good.map(({ embedding }) => embedding)).toEqual(good.map((row) => expectedVector(row.text)))
  const bad = rows.filter(({ error }) => error !== undefined)
  return { good: good.map((row) => row.text), bad: bad.map(({ error }) => error?.index) }
}

describe('base64 of elements other than float32', () => {
  const numbers = [0.5, -0.25, 0.125, 1]
  const float16 = Buffer.from([0x00, 0x38, 0x00, 0xb4, 0x00, 0x30, 0x00, 0x3c])
  const bfloat16 = Buffer.from([0x00, 0x3f, 0x80, 0xbe, 0x00, 0x3e, 0x80, 0x3f])
  const bigEndian = Buffer.alloc(16)
  for (const [index, number] of numbers.entries()) bigEndian.writeFloatBE(number, index * 4)
  const data = (bytes: Uint8Array): LocalAnswer =>
    json({ data: [{ index: 0, embedding: Buffer.from(bytes).toString('base64') }] })

  test.each<[Record<string, unknown>, Uint8Array, readonly number[]]>([
    [{ embed_dtype: 'float16' }, float16, numbers],
    [{ embed_dtype: 'bfloat16' }, bfloat16, numbers],
    [{ endianness: 'big' }, bigEndian, numbers],
    [{ output_dtype: 'int8' }, Uint8Array.of(1, 255, 127, 128), [1, -1, 127, -128]],
    [{ output_dtype: 'uint8' }, Uint8Array.of(1, 255, 127, 128), [1, 255, 127, 128]],
  ])('is read as what the parameters %j ask for', async (additionalParameters, bytes, expected) => {
    model.script = () => data(bytes)
    const embedding = model.embedding({ contentHandler: withInputs(openaiEmbedding()), additionalParameters })
    expect(await embedding.getTextEmbedding('a')).toEqual(Float32Array.from(expected))
    expect(lastBody()).toMatchObject(additionalParameters)
  })

  test.each([
    { embed_dtype: 'fp8_e4m3' },
    { endianness: 'native' },
    { output_dtype: 'ubinary' },
    { output_dtype: 'binary' },
    { embedding_type: 'int4' },
  ])('is refused before anything is sent, where it cannot be read for certain: %j', async (additionalParameters) => {
    const embedding = model.embedding({ contentHandler: openaiEmbedding(), additionalParameters })
    const failure = await failureOf(embedding.getTextEmbedding('a'))
    expect(failure?.code).toBe('invalid-request')
    expect(failure?.message).toContain(`additionalParameters.${Object.keys(additionalParameters)[0]}`)
    expect(model.sent).toEqual([])
  })

  test.each<[EmbeddingDtype, Uint8Array, unknown]>([
    ['float16', float16, Float32Array.from(numbers)],
    ['int8', Uint8Array.of(1, 255), Int8Array.of(1, -1)],
    ['uint8', Uint8Array.of(1, 255), Uint8Array.of(1, 255)],
    ['binary', Uint8Array.of(1, 255), Int8Array.of(1, -1)],
    ['ubinary', Uint8Array.of(1, 255), Uint8Array.of(1, 255)],
  ])('is read as the dtype %s', async (dtype, bytes, expected) => {
    model.script = () => data(bytes)
    const contentHandler = withInputs(openaiEmbedding({ encodingFormat: 'base64' }))
    const { embeddings } = await model.embedding({ contentHandler }).embed(['a'], { kind: 'text', dtype })
    expect(embeddings).toEqual([expected])
  })

  test('is not asked for with a dtype, so that a server that ignores it is found out', async () => {
    model.script = () => json({ data: [{ index: 0, embedding: [0.5, 0.25] }] })
    const embedding = model.embedding({ contentHandler: withInputs(openaiEmbedding()) })
    const failure = await failureOf(embedding.embed(['a'], { kind: 'text', dtype: 'int8' }))
    expect(failure?.message).toContain('element 0 of 2 is not of the type int8 that was asked for')
    expect(lastBody()).toMatchObject({ encoding_format: 'float', output_dtype: 'int8' })
  })
})

describe('an item without a vector', () => {
  const without = (row: unknown) => (texts: readonly string[]) =>
    texts.map((one) => (one === 'bad' ? row : vectorOf(one)))
  const objects = (row: object) => (texts: readonly string[]) => ({
    data: texts.map((one, index) => ({ index, ...(one === 'bad' ? row : { embedding: vectorOf(one) }) })),
  })
  test.each<[string, EmbeddingContentHandler, (texts: readonly string[]) => unknown]>([
    ['null', teiEmbedding(), without(null)],
    ['[]', teiEmbedding(), without([])],
    ['a vector of nulls', teiEmbedding(), without([null, null, null, null])],
    ['null in OpenAI data', openaiEmbedding(), objects({ embedding: null })],
    ['[] in OpenAI data', openaiEmbedding(), objects({ embedding: [] })],
    ['an error in OpenAI data', openaiEmbedding(), objects({ error: { message: 'blank' } })],
  ])('fails alone, and costs no further request: %s', async (_, handler, answer) => {
    model.script = (texts) => json(answer(texts))
    const options = { contentHandler: withInputs(handler), embedBatchSize: 32 }
    expect(await skipped(['a', 'b', 'bad', 'c'], options)).toEqual({ good: ['a', 'b', 'c'], bad: [2] })
    expect(model.sent).toHaveLength(1)
  })
})

describe('an answer that does not fit because of one text', () => {
  test.each<[string, (texts: readonly string[]) => LocalAnswer]>([
    ['the server drops it', (texts) => json(texts.filter((one) => one !== 'bad').map((one) => vectorOf(one)))],
    [
      'the JSON is cut off',
      (texts) => {
        const whole = JSON.stringify(texts.map((one) => vectorOf(one)))
        return text(texts.includes('bad') ? whole.slice(0, -1) : whole, { contentType: 'application/json' })
      },
    ],
  ])('costs no other text its vector: %s', async (_, answer) => {
    model.script = answer
    const texts = [...listOf(7), 'bad']
    expect(await skipped(texts)).toEqual({ good: listOf(7), bad: [7] })
    expect(model.sent.length).toBeLessThanOrEqual(1 + 2 * Math.log2(8) + 4)
  })
})

describe('a limit on the number of texts', () => {
  test.each<[string, (texts: readonly string[]) => LocalAnswer]>([
    [
      'FastAPI',
      (texts) =>
        containerError(422, {
          detail: [{ msg: `List should have at most 24 items after validation, not ${texts.length}` }],
        }),
    ],
    ['unknown words', () => containerError(400, { error: 'the list of inputs is longer than this server accepts' })],
    ['out of memory', () => containerError(500, { error: 'CUDA out of memory' })],
  ])('is learnt from what worked, in any words: %s', async (_, refuse) => {
    model.script = (texts) => (texts.length > 24 ? refuse(texts) : undefined)
    const texts = listOf(512)
    const embedding = model.embedding({ embedBatchSize: 64, retry: { maxAttempts: 1 } })
    expect(await embedding.getTextEmbeddings(texts)).toEqual(texts.map(expectedVector))
    expect(model.sent.length).toBeLessThanOrEqual(46)
    model.sent.length = 0
    await embedding.getTextEmbeddings(texts.slice(0, 160))
    expect(Math.max(...model.sent.map((batch) => batch.length))).toBeLessThanOrEqual(24)
  })
})

describe('a refusal that is about the request', () => {
  test.each<[string, Script]>([
    [
      'an unknown model',
      () => containerError(404, { error: { message: 'The model `wrong` does not exist', code: 404 } }),
    ],
    [
      'a parameter that the model lacks',
      () => containerError(400, { error: 'dimensions is not supported by this model' }),
    ],
    ['no suitable handler', () => containerError(400, { error: 'Cannot find suitable handler for request.' })],
    ['a container that answers 500 to everything', () => containerError(500, 'Internal Server Error')],
    ['an answer of another kind of model', () => json([{ generated_text: 'Hello' }])],
  ])('ends the call, names no text, and costs a handful of requests: %s', async (_, script) => {
    model.script = script
    const options = { embedBatchSize: 96, retry: { maxAttempts: 1 } }
    const whole = await failureOf(model.embedding(options).getTextEmbeddings(listOf(512)))
    const stream = await failureOf(skipped(listOf(512), options))
    for (const failure of [whole, stream]) {
      expect(failure?.code).toMatch(/^(?:invalid-request|model-error|unexpected-response)$/)
      expect(failure).not.toHaveProperty('index')
    }
    expect(model.sent.length).toBeLessThanOrEqual(2 * 8)
  })
})

describe('inputType', () => {
  const inputType = { query: 'search', text: 'passage' }
  test.each<[EmbeddingContentHandler, string]>([
    [teiEmbedding(), 'prompt_name'],
    [openaiEmbedding(), 'input_type'],
    [openaiEmbedding({ inputTypeParameter: 'task' }), 'task'],
    [cohereEmbedding(), 'input_type'],
  ])('reaches the container under its own name, one for each kind (%o, %s)', async (handler, name) => {
    model.script = (texts) => json({ data: texts.map(() => ({ embedding: [1] })), embeddings: texts.map(() => [1]) })
    const contentHandler = {
      ...withInputs(handler),
      answer: (_: unknown, { count }: { count: number }) => Array.from({ length: count }, () => Float32Array.of(1)),
    }
    const embedding = model.embedding({ contentHandler, inputType })
    await embedding.getQueryEmbedding('a')
    expect(lastBody()).toMatchObject({ [name]: 'search' })
    await embedding.getTextEmbedding('a')
    expect(lastBody()).toMatchObject({ [name]: 'passage' })
  })

  test('is refused where it cannot be sent', async () => {
    const failure = await failureOf(model.embedding({ inputType }).getTextEmbedding('a'))
    expect(failure?.message).toContain('inputType: the format auto has no parameter for it')
    expect(model.sent).toEqual([])
  })
})

describe('answers of other servers', () => {
  const rows = [vectorOf('a'), vectorOf('b')]
  const expected = ['a', 'b'].map(expectedVector)
  test.each<[string, EmbeddingContentHandler | undefined, unknown]>([
    ['Jina', jinaEmbedding(), { data: rows.map((embedding, id) => ({ id: String(id), embedding })) }],
    [
      'Triton, flat data',
      kserveEmbedding(),
      { outputs: [{ name: 'v', datatype: 'FP32', shape: [2, 4], data: rows.flat() }] },
    ],
    [
      'Triton, nested data',
      kserveEmbedding(),
      { outputs: [{ name: 'v', datatype: 'FP32', shape: [2, 4], data: rows }] },
    ],
    [
      'Triton, the output that was named',
      kserveEmbedding({ output: 'v' }),
      {
        outputs: [
          { name: 'other', datatype: 'FP32', shape: [2, 1], data: [7, 7] },
          { name: 'v', datatype: 'FP32', shape: [2, 4], data: rows.flat() },
        ],
      },
    ],
    ['a member `result`', undefined, { result: rows }],
    ['a member `outputs`', undefined, { outputs: rows }],
    ['objects with a `vector`', undefined, { results: rows.map((vector) => ({ vector })) }],
    ['JSON in JSON', undefined, JSON.stringify({ embeddings: rows })],
    ['JSON in JSON, with its media type', undefined, [JSON.stringify(rows), 'application/json']],
    [
      'an index that is left out where it is 0',
      openaiEmbedding(),
      { data: [{ embedding: rows[0] }, { index: 1, embedding: rows[1] }] },
    ],
  ])('%s', async (_, handler, answer) => {
    model.script = () => json(answer)
    const contentHandler = handler && withInputs(handler)
    expect(await model.embedding({ contentHandler }).getTextEmbeddings(['a', 'b'])).toEqual(expected)
  })

  test.each<[string, unknown]>([
    ['too little data', { outputs: [{ name: 'v', shape: [2, 4], data: rows[0] }] }],
    [
      'vectors of other inputs',
      { outputs: [{ name: 'v', shape: [3, 4], data: [...rows.flat(), ...(rows[0] ?? [])] }] },
    ],
    ['no tensor', { outputs: [] }],
  ])('a tensor with %s is refused', async (_, answer) => {
    model.script = () => json(answer)
    const embedding = model.embedding({ contentHandler: withInputs(kserveEmbedding()) })
    expect(await failureOf(embedding.getTextEmbeddings(['a', 'b']))).toMatchObject({ code: 'unexpected-response' })
  })
})

describe('a cache that is wrong', () => {
  test.each<[string, unknown]>([
    ['text', 'abc'],
    ['an array', [1, 2, 3, 4]],
    ['NaN', Float32Array.of(1, Number.NaN, 3, 4)],
    ['bytes', Uint8Array.of(1, 2, 3, 4)],
    ['nothing in it', new Float32Array()],
  ])('is reported to onCacheError and costs one request: %s', async (_, value) => {
    const errors: unknown[] = []
    const embedding = model.embedding({
      cache: { get: (keys) => keys.map(() => value as Float32Array), set: () => {} },
      callbacks: { onCacheError: ({ error }) => errors.push(error) },
    })
    expect(await embedding.getTextEmbedding('a')).toEqual(expectedVector('a'))
    expect(errors).toHaveLength(1)
  })
})

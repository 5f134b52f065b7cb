import { containerError, json, resetConnection, serviceError, type LocalAnswer } from '@x/sagemaker-local'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryCache, openaiEmbedding, teiEmbedding, type EmbeddingContentHandler } from './index.ts'
import { expectedVector, scriptedModel } from './test-support/scripted-model.ts'
import { vectorOf } from './test-support/vector-of.ts'

/** Generous, because a machine may have other work: how often each property is tried is what takes the time. */
const timeLimitMs = 240_000

/** Failures that pass: the next attempt may succeed. */
const passingFailures: readonly (() => LocalAnswer)[] = [
  () => containerError(429, { error: 'Model is overloaded', error_type: 'Overloaded' }),
  () => containerError(503, 'busy'),
  () => serviceError('ServiceUnavailable'),
  () => serviceError('ThrottlingException'),
  () => resetConnection(),
]

/** vLLM's answer, with its items in another order. */
function shuffled(texts: readonly string[], seed: number): LocalAnswer {
  const data = texts.map((text, index) => ({ index, embedding: vectorOf(text) }))
  return json({ data: data.toSorted((a, b) => ((a.index * 7 + seed) % 11) - ((b.index * 7 + seed) % 11)) })
}

const openaiWithInputs: EmbeddingContentHandler = {
  ...openaiEmbedding(),
  request: (texts, call) => teiEmbedding().request(texts, call),
}

const texts = fc.array(
  fc.oneof(
    { arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }), weight: 3 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 4 }), weight: 1 },
    { arbitrary: fc.constantFrom('same', 'other', ''), weight: 1 },
  ),
  { maxLength: 40 },
)

const circumstances = fc.record({
  texts,
  embedBatchSize: fc.integer({ min: 1, max: 12 }),
  concurrency: fc.integer({ min: 1, max: 6 }),
  maxBatchBytes: fc.integer({ min: 40, max: 2000 }),
  largestBatch: fc.integer({ min: 1, max: 14 }),
  delaysMs: fc.array(fc.nat(3), { minLength: 1, maxLength: 7 }),
  /** Which failure each of the first attempts of a batch meets; never more than are retried. */
  failures: fc.array(fc.option(fc.nat(passingFailures.length - 1), { freq: 2 }), { minLength: 1, maxLength: 9 }),
  isShuffled: fc.boolean(),
  isCached: fc.boolean(),
})

test(
  'whatever the texts, batches, order of answers and passing failures, every text gets its own vector',
  async () => {
    await using model = await scriptedModel()
    await fc.assert(
      fc.asyncProperty(circumstances, async (given) => {
        const refused = new Map<string, number>()
        let requests = 0
        model.script = async (batch) => {
          requests++
          const turn = requests
          await new Promise((resolve) => setTimeout(resolve, given.delaysMs[turn % given.delaysMs.length]))
          const key = JSON.stringify(batch)
          const failure = given.failures[turn % given.failures.length]
          if (typeof failure === 'number' && (refused.get(key) ?? 0) < 2) {
            refused.set(key, (refused.get(key) ?? 0) + 1)
            return passingFailures[failure]?.()
          }
          if (batch.length > given.largestBatch) {
            const error = `batch size ${batch.length} > maximum allowed batch size ${given.largestBatch}`
            return containerError(422, { error, error_type: 'Validation' })
          }
          return given.isShuffled ? shuffled(batch, turn) : undefined
        }
        const { embedBatchSize, concurrency, maxBatchBytes } = given
        const embedding = model.embedding({
          embedBatchSize,
          concurrency,
          maxBatchBytes,
          retry: { baseDelayMs: 1, maxDelayMs: 2, maxAttempts: 4 },
          contentHandler: given.isShuffled ? openaiWithInputs : teiEmbedding(),
          cache: given.isCached ? memoryCache() : undefined,
        })
        const expected = given.texts.map(expectedVector)
        expect(await embedding.getTextEmbeddings(given.texts)).toEqual(expected)
        if (!given.isCached) return
        expect(await embedding.getTextEmbeddings(given.texts.toReversed())).toEqual(expected.toReversed())
      }),
      { numRuns: 120 },
    )
  },
  timeLimitMs,
)

test(
  'whatever texts are refused, they alone get an error, and it names them',
  async () => {
    await using model = await scriptedModel()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('good', 'fine', 'bad', 'worse', 'well', ''), { maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (list, embedBatchSize, concurrency) => {
          const isBad = (text: string): boolean => text === 'bad' || text === 'worse'
          model.script = (batch) => (batch.some(isBad) ? containerError(400, { error: 'refused' }) : undefined)
          const embedding = model.embedding({ embedBatchSize, concurrency })
          const source = list.map((text, index) => ({ id: `#${index}`, text }))
          const results = []
          for await (const result of embedding.embedStream(source, { onError: 'skip' })) results.push(result)
          expect(results.map(({ id, index, text }) => ({ id, index, text }))).toEqual(
            list.map((text, index) => ({ id: `#${index}`, index, text })),
          )
          for (const { index, text, embedding: vector, error } of results) {
            expect(vector).toEqual(isBad(text) ? undefined : expectedVector(text))
            expect(error === undefined).toBe(!isBad(text))
            expect(error ?? { index }).toMatchObject({ index })
          }
          const first = list.findIndex(isBad)
          const whole = embedding.getTextEmbeddings(list).then(
            () => -1,
            (error: { index: number }) => error.index,
          )
          expect(await whole).toBe(first)
        },
      ),
      { numRuns: 80 },
    )
  },
  timeLimitMs,
)

test(
  'whatever fails on the way, the cache never learns a wrong vector',
  async () => {
    await using model = await scriptedModel()
    const words = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'bad', 'worse')
    await fc.assert(
      fc.asyncProperty(
        fc.array(words, { minLength: 1, maxLength: 24 }),
        fc.integer({ min: 2, max: 16 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('throw', 'skip'),
        async (list, embedBatchSize, largestBatch, onError) => {
          const options = { onError } as { readonly onError: 'skip' }
          model.script = (batch) => {
            if (batch.length > largestBatch) {
              return containerError(413, {
                error: `batch size ${batch.length} > maximum allowed batch size ${largestBatch}`,
              })
            }
            return batch.some((text) => text.length > 1) ? containerError(400, { error: 'refused' }) : undefined
          }
          const embedding = model.embedding({ embedBatchSize, cache: memoryCache() })
          const vectors: [text: string, vector: Float32Array][] = []
          const reading = (async () => {
            for await (const { text, embedding: vector } of embedding.embedStream(list, options)) {
              if (vector) vectors.push([text, vector])
            }
          })()
          await reading.catch(() => {})
          expect(vectors).toEqual(vectors.map(([text]) => [text, expectedVector(text)]))
          model.script = () => undefined
          expect(await embedding.getTextEmbeddings(list)).toEqual(list.map(expectedVector))
        },
      ),
      { numRuns: 150 },
    )
  },
  timeLimitMs,
)

type Fate = 'good' | 'refused' | 'missing' | 'dropped'

test(
  'whatever texts are refused, missing or dropped, each vector is on its text and each failure names its text',
  async () => {
    await using model = await scriptedModel()
    const fate = fc.oneof(
      { arbitrary: fc.constant<Fate>('good'), weight: 5 },
      { arbitrary: fc.constantFrom<Fate>('refused', 'missing', 'dropped'), weight: 1 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 40 }),
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 4 }),
        async (fates, embedBatchSize, concurrency) => {
          // All different, so that no text is sent in place of another.
          const texts = fates.map((one, index) => `${one} ${index}`)
          let requests = 0
          model.script = (batch) => {
            requests++
            if (batch.some((text) => text.startsWith('refused'))) return containerError(400, { error: 'refused' })
            const kept = batch.filter((text) => !text.startsWith('dropped'))
            return json(kept.map((text) => (text.startsWith('missing') ? null : vectorOf(text))))
          }
          const embedding = model.embedding({ embedBatchSize, concurrency })
          const rows = []
          for await (const row of embedding.embedStream(texts, { onError: 'skip' })) rows.push(row)
          expect(rows.map((row) => row.embedding)).toEqual(
            texts.map((text, index) => (fates[index] === 'good' ? expectedVector(text) : undefined)),
          )
          expect(rows.map((row) => row.error?.index)).toEqual(
            fates.map((one, index) => (one === 'good' ? undefined : index)),
          )
          const bad = fates.filter((one) => one === 'refused' || one === 'dropped').length
          const least = Math.ceil(texts.length / embedBatchSize)
          expect(requests).toBeLessThanOrEqual(least + bad * (2 * Math.log2(embedBatchSize) + 4))
        },
      ),
      { numRuns: 60 },
    )
  },
  timeLimitMs,
)

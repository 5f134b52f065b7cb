import {
  containerError,
  json,
  type LocalAnswer,
  resetConnection,
  scripted,
  serviceError,
  startLocalRuntime,
} from '@x/sagemaker-local'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { SagemakerClassifier, type SagemakerError, SagemakerReranker, teiClassification, teiRerank } from './index.ts'

const timeLimitMs = 120_000

/** Failures that pass: the next attempt may succeed. */
const passingFailures: readonly (() => LocalAnswer)[] = [
  () => containerError(429, { error: 'Model is overloaded', error_type: 'Overloaded' }),
  () => serviceError('ThrottlingException'),
  () => resetConnection(),
]

/** A score that belongs to one text only. */
function scoreOf(text: string): number {
  let hash = 17
  for (const character of text) hash = (hash * 31 + character.codePointAt(0)!) % 1_000_003
  return hash / 1_000_003
}

type Script = (texts: readonly string[]) => LocalAnswer | undefined

/** A reranker and a classifier with the requests and answers of TEI, whose answers `script` can replace. */
async function scoringModels() {
  let script: Script = () => undefined
  const model = scripted((request) => {
    const { texts, inputs } = request.json() as { texts?: readonly string[]; inputs?: readonly string[][] }
    const asked = texts ?? inputs!.flat()
    const other = script(asked)
    if (other !== undefined) return other
    if (texts === undefined) return json(asked.map((text) => [{ label: 'relevant', score: scoreOf(text) }]))
    // Best first, as TEI sends them.
    const scores = asked.map((text, index) => ({ index, score: scoreOf(text) }))
    return json(scores.toSorted((a, b) => b.score - a.score))
  })
  const runtime = await startLocalRuntime({ endpoints: { model } })
  const options = {
    endpointName: 'model',
    ...runtime.connection,
    retry: { baseDelayMs: 1, maxDelayMs: 2, maxAttempts: 4 },
  }
  return {
    reranker: (batchSize: number, concurrency: number) =>
      new SagemakerReranker({ ...options, contentHandler: teiRerank(), batchSize, concurrency }),
    classifier: (batchSize: number, concurrency: number) =>
      new SagemakerClassifier({ ...options, contentHandler: teiClassification(), batchSize, concurrency }),
    answer: (next: Script) => void (script = next),
    [Symbol.asyncDispose]: () => runtime.close(),
  }
}

const sizes = { batchSize: fc.integer({ min: 2, max: 12 }), concurrency: fc.integer({ min: 1, max: 4 }) }
const texts = fc.array(
  fc.oneof(
    { arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), weight: 3 },
    { arbitrary: fc.constantFrom('same', 'other', ''), weight: 1 },
  ),
  { maxLength: 30 },
)

test(
  'whatever the texts, batches, limits and passing failures, every text gets its own score',
  { timeout: timeLimitMs },
  async () => {
    await using models = await scoringModels()
    const circumstances = fc.record({
      ...sizes,
      texts,
      largestBatch: fc.integer({ min: 1, max: 14 }),
      failures: fc.array(fc.option(fc.nat(passingFailures.length - 1), { freq: 2 }), { minLength: 1, maxLength: 9 }),
    })
    await fc.assert(
      fc.asyncProperty(circumstances, async ({ batchSize, concurrency, texts: given, largestBatch, failures }) => {
        const failed = new Map<string, number>()
        let turn = 0
        models.answer((batch) => {
          turn++
          const key = batch.join('\n')
          const failure = failures[turn % failures.length]
          if (typeof failure === 'number' && (failed.get(key) ?? 0) < 2) {
            failed.set(key, (failed.get(key) ?? 0) + 1)
            return passingFailures[failure]!()
          }
          if (batch.length <= largestBatch) return undefined
          return containerError(422, {
            error: `batch size ${batch.length} > maximum allowed batch size ${largestBatch}`,
            error_type: 'Validation',
          })
        })
        const reranker = models.reranker(batchSize, concurrency)
        const classifier = models.classifier(batchSize, concurrency)
        const { ranking } = await reranker.rerank('query', given)
        const expected = given.map((text, index) => ({ index, score: scoreOf(text), document: text }))
        expect(ranking).toEqual(expected.toSorted((a, b) => b.score - a.score || a.index - b.index))
        expect((await classifier.classify(given)).map(({ score }) => score)).toEqual(given.map(scoreOf))
        reranker.close()
        classifier.close()
      }),
      { numRuns: 25 },
    )
  },
)

type Fate = 'good' | 'refused' | 'broken' | 'dropped'

test(
  'whatever texts are refused or without a score, the error names the first of them, after a bounded number of requests',
  { timeout: timeLimitMs },
  async () => {
    await using models = await scoringModels()
    const fate = fc.oneof(
      { arbitrary: fc.constant<Fate>('good'), weight: 6 },
      { arbitrary: fc.constantFrom<Fate>('refused', 'broken', 'dropped'), weight: 1 },
    )
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 40 }), fc.record(sizes), async (fates, size) => {
        run++
        const given = fates.map((one, index) => `${one} ${run} ${index}`)
        const first = fates.findIndex((one) => one !== 'good')
        let requests = 0
        models.answer((batch) => {
          // A request of the previous run may arrive late: it was sent before that run failed.
          if (given.includes(batch[0]!)) requests++
          if (batch.some((text) => text.startsWith('refused'))) return containerError(400, { error: 'refused' })
          const kept = batch.filter((text) => !text.startsWith('dropped'))
          return json(kept.map((text, index) => ({ index, score: text.startsWith('broken') ? null : scoreOf(text) })))
        })
        const reranker = models.reranker(size.batchSize, size.concurrency)
        const outcome = await reranker.rerank('query', given).then(
          ({ ranking }) => ({ ranked: ranking.length }),
          ({ index }: SagemakerError) => ({ index }),
        )
        expect(outcome).toEqual(first === -1 ? { ranked: given.length } : { index: first })
        const bad = fates.filter((one) => one === 'refused' || one === 'dropped').length
        const least = Math.ceil(given.length / size.batchSize)
        expect(requests).toBeLessThanOrEqual(least + bad * (2 * Math.log2(size.batchSize) + 4))
        reranker.close()
      }),
      { numRuns: 60 },
    )
  },
)

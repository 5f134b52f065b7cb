import {
  containerError,
  json,
  type LocalAnswer,
  type LocalRuntime,
  scripted,
  serviceError,
  startLocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { autoClassification, SagemakerClassifier, type SagemakerClassifierOptions } from './index.ts'
import { failureOf } from './test-support/failure-of.ts'
import {
  answerOf,
  type ReadTexts,
  type Scores,
  scoresOf,
  simulatedClassifiers,
} from './test-support/simulated-classifiers.ts'

/** What the container does with a request; `undefined`: it answers as it should. */
type Situation = (request: ReadTexts, index: number) => LocalAnswer | undefined

const texts = ['fine 0.75', 'poor 0.25', 'so so 0.5', 'great 1', 'awful 0', 'ok 0.625', 'bad 0.125', 'good 0.875']

describe.each(simulatedClassifiers)('$name', (container) => {
  let runtime: LocalRuntime
  let situation: Situation
  let sent: ReadTexts[]

  beforeAll(async () => {
    const endpoint = scripted((request) => {
      let read: ReadTexts
      try {
        read = container.read(request.text)
      } catch (error) {
        return containerError(400, String(error))
      }
      sent.push(read)
      return situation(read, sent.length - 1) ?? answerOf(container, read)
    })
    runtime = await startLocalRuntime({ endpoints: { model: endpoint } })
  })
  afterAll(() => runtime.close())
  beforeEach(() => {
    situation = () => undefined
    sent = []
  })

  const classifier = (options: Partial<SagemakerClassifierOptions> = {}): SagemakerClassifier =>
    new SagemakerClassifier({
      endpointName: 'model',
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      endpoint: runtime.url,
      contentHandler: container.handler(),
      retry: { baseDelayMs: 1 },
      ...options,
    } as SagemakerClassifierOptions)

  const expected = (text: string) => {
    const scores = scoresOf(text).toSorted((a, b) => b.score - a.score)
    return { ...scores[0]!, scores: container.namesBestOnly === true ? scores.slice(0, 1) : scores }
  }
  const refuse =
    (text: string, refusal: LocalAnswer): Situation =>
    (request) =>
      request.texts.includes(text) ? refusal : undefined

  test('one text', async () => {
    expect(await classifier().classify(['fine 0.75'])).toEqual([expected('fine 0.75')])
  })

  // TEI takes a list of two strings for one pair.
  test('two texts are two texts', async () => {
    expect(await classifier().classify(texts.slice(0, 2))).toEqual(texts.slice(0, 2).map(expected))
  })

  test('several texts, in order', async () => {
    expect(await classifier().classify(texts)).toEqual(texts.map(expected))
    expect(sent).toHaveLength(container.isSingle === true ? texts.length : 1)
  })

  test('over the configured number per request', async () => {
    expect(await classifier({ batchSize: 3 }).classify(texts)).toEqual(texts.map(expected))
    expect(Math.max(...sent.map((request) => request.texts.length))).toBe(container.isSingle === true ? 1 : 3)
  })

  test('the best few labels', async () => {
    const [first] = await classifier().classify(['poor 0.25'], { topK: 1 })
    expect(first).toEqual({ label: 'NEGATIVE', score: 0.75, scores: [{ label: 'NEGATIVE', score: 0.75 }] })
  })

  test('over the limit of the container: its limit is learnt from the refusal', async () => {
    situation = ({ texts: of }) =>
      of.length > 4
        ? containerError(422, { error: `batch size ${of.length} > maximum allowed batch size 4` })
        : undefined
    const model = classifier()
    expect(await model.classify(texts)).toEqual(texts.map(expected))
    sent = []
    expect(await model.classify(texts)).toEqual(texts.map(expected))
    expect(sent.every((request) => request.texts.length <= 4)).toBe(true)
  })

  test('a text that is too long is named', async () => {
    situation = refuse('ok 0.625', container.tooLong)
    expect(await failureOf(classifier().classify(texts))).toMatchObject({ index: 5, code: 'context-length-exceeded' })
  })

  test('a text that is refused is named', async () => {
    situation = refuse('so so 0.5', container.refused)
    const error = await failureOf(classifier().classify(texts))
    expect(error).toMatchObject({ index: 2, code: 'invalid-request', endpointName: 'model' })
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('so so')
  })

  test('a throttled request is sent again', async () => {
    situation = (_, index) => (index < 2 ? serviceError('ThrottlingException') : undefined)
    expect(await classifier().classify(texts)).toEqual(texts.map(expected))
  })

  const rowFaults: readonly (readonly [name: string, spoil: (rows: Scores[]) => Scores[]])[] = [
    ['short', (rows) => rows.slice(1)],
    ['long', (rows) => [...rows, scoresOf('more 0.5')]],
    ['empty', () => []],
    ['without labels', (rows) => rows.map(() => [])],
  ]
  test.each(container.isSingle === true ? rowFaults.slice(3) : rowFaults)(
    'an answer that is %s is an error, never labels on the wrong texts',
    async (_, spoil) => {
      situation = ({ texts: of }) => json(container.write(spoil(of.map(scoresOf))))
      expect(await failureOf(classifier().classify(texts))).toMatchObject({ code: 'unexpected-response' })
    },
  )

  test.runIf(container.hasIndex).each([-1, 99, 1, 0.5, undefined])(
    'an answer with the index %s is an error',
    async (index) => {
      situation = ({ texts: of }) => {
        const body = container.write(of.map(scoresOf)) as { data: { index: unknown }[] }
        body.data[0]!.index = index
        return json(body)
      }
      expect(await failureOf(classifier().classify(texts))).toMatchObject({ code: 'unexpected-response' })
    },
  )

  test.each([null, 'high'])('a score of %s names its text', async (score) => {
    situation = ({ texts: of }) =>
      json(
        container.write(
          of.map((text) =>
            text === 'great 1' ? scoresOf(text).map(({ label }) => ({ label, score })) : scoresOf(text),
          ),
        ),
      )
    expect(await failureOf(classifier().classify(texts))).toMatchObject({ index: 3, code: 'unexpected-response' })
  })

  test('NaN, as Python writes it, names its text', async () => {
    situation = ({ texts: of }) => {
      const rows = of.map((text) =>
        text === 'ok 0.625' ? scoresOf(text).map(({ label }) => ({ label, score: 'NaN' })) : scoresOf(text),
      )
      const text = JSON.stringify(container.write(rows)).replaceAll('"NaN"', 'NaN')
      return { ...json({}), steps: [new TextEncoder().encode(text)] }
    }
    const error = await failureOf(classifier().classify(texts))
    expect(error).toMatchObject({ index: 5, code: 'unexpected-response' })
    expect(error.message).toMatch(/a score is not a finite number/)
  })

  test('a throttled request that stays throttled fails as that', async () => {
    situation = () => serviceError('ThrottlingException')
    const error = await failureOf(classifier({ retry: { maxAttempts: 2, baseDelayMs: 1 } }).classify(texts))
    expect(error).toMatchObject({ code: 'throttled', retryable: true })
  })

  const labels = ['NEGATIVE', 'POSITIVE']

  test.skipIf(container.takesLabels)('labels are refused before anything is sent', async () => {
    const error = await failureOf(classifier().classify(texts, { labels, multiLabel: true }))
    expect(error).toMatchObject({ code: 'invalid-request', endpointName: 'model' })
    expect(sent).toEqual([])
  })

  test.runIf(container.takesLabels)('labels are those of a zero-shot model', async () => {
    situation = ({ texts: of }) =>
      json(of.map((text) => ({ sequence: text, labels, scores: scoresOf(text).map(({ score }) => score) })))
    expect(await classifier().classify(texts, { labels, multiLabel: true })).toEqual(texts.map(expected))
    expect(sent[0]).toMatchObject({ labels, multiLabel: true })
  })

  test.skipIf(container.isSingle)(
    'autoClassification finds out the format with at most one refused request, and remembers it',
    async () => {
      const model = classifier({ contentHandler: autoClassification(), batchSize: 3 })
      const before = runtime.requests.length
      expect(await model.classify(texts)).toEqual(texts.map(expected))
      const statuses = runtime.requests.slice(before).map(({ status }) => status)
      expect(statuses.filter((status) => status !== 200).length).toBeLessThanOrEqual(1)
      sent = []
      expect(await model.classify(texts.slice(0, 2))).toEqual(texts.slice(0, 2).map(expected))
      expect(sent).toHaveLength(1)
    },
  )
})

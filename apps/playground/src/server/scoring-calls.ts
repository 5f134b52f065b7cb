import { AsyncLocalStorage } from 'node:async_hooks'
import type { EndpointObserver } from '@x/sagemaker-endpoint'
import {
  namedClassificationHandler,
  namedRerankHandler,
  SagemakerClassifier,
  SagemakerReranker,
} from '@x/sagemaker-rerank'
import type { RunEvent, RunEventOf } from '../protocol/run-event.ts'
import type { ClassifyRequest, RerankRequest, ScoringRequest } from '../protocol/scoring-request.ts'
import { AnswerDecoder } from './captures/answer-decoder.ts'
import { observeCalls, type EventWriter } from './captures/observe-calls.ts'
import type { EndpointPool } from './endpoint-pool.ts'
import { errorEvent, toSagemakerError } from './error-event.ts'
import { EventChannel } from './event-channel.ts'

type Answer = Pick<RunEventOf<'end'>, 'usage' | 'warnings' | 'attempts'>

/** Makes the calls of rerankers and classifiers, and reports everything that happens in them. */
export class ScoringCalls {
  /** Whose requests those of an endpoint are, when several calls share it. */
  readonly #current = new AsyncLocalStorage<EventWriter>()

  /** For the endpoints that are called. */
  readonly observer: EndpointObserver = observeCalls(() => this.#current.getStore())

  /** Makes one call. Aborting ends it down to the container. */
  run(pool: EndpointPool, request: ScoringRequest, signal: AbortSignal): EventChannel<RunEvent> {
    const channel = new EventChannel<RunEvent>()
    const report = new ScoringReport(channel)
    this.#current
      .run(report.write, () =>
        request.mode === 'rerank' ? rerank(pool, request, signal, report) : classify(pool, request, signal, report),
      )
      .then(
        (answer) => report.end(answer),
        (error: unknown) => report.fail(error),
      )
      .finally(() => channel.close())
    return channel
  }
}

/** The events of one call, which can take several requests, on one clock and with the bytes of all answers in a row. */
class ScoringReport {
  readonly #channel: EventChannel<RunEvent>
  readonly #startedAt = performance.now()
  readonly #decoder = new AnswerDecoder()
  #receivedBytes = 0

  constructor(channel: EventChannel<RunEvent>) {
    this.#channel = channel
  }

  /** Takes an event of a request. The end of one is not the end of the call. */
  readonly write: EventWriter = (event) => {
    if (event.type === 'end' || event.type === 'error') return
    const at = this.#now()
    if (event.type !== 'part') return this.#channel.write({ ...event, at })
    const bytes = Buffer.from(event.bytes, 'base64')
    this.#channel.write({ ...event, at, start: this.#receivedBytes })
    this.#receivedBytes += bytes.length
    this.#decoded(this.#decoder.push(bytes, at))
  }

  answered(answer: Omit<RunEventOf<'ranking'>, 'at'> | Omit<RunEventOf<'labels'>, 'at'>): void {
    this.#decoded(this.#decoder.flush(this.#now()))
    this.#channel.write({ ...answer, at: this.#now() })
  }

  end(answer: Answer): void {
    this.#channel.write({ type: 'end', at: this.#now(), ...answer })
  }

  fail(error: unknown): void {
    this.#decoded(this.#decoder.flush(this.#now()))
    this.#channel.write(errorEvent(toSagemakerError(error), this.#now()))
  }

  /** What a language model would have said is not in such an answer. */
  #decoded(events: readonly RunEvent[]): void {
    for (const event of events) if (event.type !== 'delta') this.#channel.write(event)
  }

  #now(): number {
    return Math.round((performance.now() - this.#startedAt) * 1000) / 1000
  }
}

// One request at a time: the bytes of two answers must not mix.
const concurrency = 1

async function rerank(
  pool: EndpointPool,
  { endpoint: reference, query, documents, topN }: RerankRequest,
  signal: AbortSignal,
  report: ScoringReport,
): Promise<Answer> {
  const { handler, modelName, additionalParameters } = reference
  const reranker = new SagemakerReranker({
    endpoint: pool.get(reference),
    contentHandler: handler === undefined ? undefined : await namedRerankHandler(handler),
    modelName,
    additionalParameters,
    concurrency,
  })
  const { ranking, scoreKind, tokens, response } = await reranker.rerank(query, documents, { topN, signal })
  report.answered({ type: 'ranking', scoreKind, ranking: ranking.map(({ index, score }) => ({ index, score })) })
  return {
    usage: tokens === undefined ? undefined : { inputTokens: tokens },
    warnings: response.warnings?.map(({ message }) => message),
    attempts: response.attempts,
  }
}

async function classify(
  pool: EndpointPool,
  { endpoint: reference, texts, labels, multiLabel }: ClassifyRequest,
  signal: AbortSignal,
  report: ScoringReport,
): Promise<Answer> {
  const { handler, modelName, additionalParameters } = reference
  const classifier = new SagemakerClassifier({
    endpoint: pool.get(reference),
    contentHandler: handler === undefined ? undefined : await namedClassificationHandler(handler),
    modelName,
    additionalParameters,
    concurrency,
  })
  const classifications = await classifier.classify(texts, { labels, multiLabel, signal })
  report.answered({
    type: 'labels',
    classifications: classifications.map(({ label, score, scores }) => ({ label, score, scores: [...scores] })),
  })
  return {}
}

import type { EndpointReference } from '../../protocol/run-request.ts'
import type { ScoringRequest } from '../../protocol/scoring-request.ts'
import { referenceOf } from '../../protocol/setup.ts'
import { recordRun } from '../call/record-run.ts'
import { Recording } from '../call/recording.svelte.ts'
import type { Playground } from '../shell/playground.svelte.ts'
import type { ClassifyExample, RerankExample } from './examples.ts'

export type ScoringTask = ScoringRequest['mode']

/** The forms for a reranker and for a classifier, and the latest call of each. */
export class Scores {
  readonly playground: Playground
  task: ScoringTask = $state('rerank')
  endpoints: Readonly<Record<ScoringTask, EndpointReference>> = $state.raw(unnamed)

  query: string = $state('')
  /** One per line. */
  documents: string = $state('')
  topN: number | undefined = $state()
  /** One per line. */
  texts: string = $state('')
  /** Separated by commas. */
  labels: string = $state('')
  multiLabel: boolean = $state(false)

  latest: Readonly<Partial<Record<ScoringTask, Recording>>> = $state.raw({})
  #abort: AbortController | undefined

  constructor(playground: Playground) {
    this.playground = playground
    const [reranker] = playground.endpointsOf('rerank')
    const [classifier] = playground.endpointsOf('classification')
    this.endpoints = {
      rerank: reranker === undefined ? unnamed.rerank : referenceOf(reranker),
      classify: classifier === undefined ? unnamed.classify : referenceOf(classifier),
    }
  }

  get recording(): Recording | undefined {
    return this.latest[this.task]
  }

  get isRunning(): boolean {
    return this.recording?.status === 'running'
  }

  /** What the form asks; `undefined` while something is missing. */
  get request(): ScoringRequest | undefined {
    const { task, query, topN, multiLabel } = this
    const endpoint = this.endpoints[task]
    if (task === 'rerank') {
      const documents = linesOf(this.documents)
      if (query.trim() === '' || documents.length === 0) return undefined
      return { mode: task, endpoint, query: query.trim(), documents, ...(topN != null && { topN }) }
    }
    const texts = linesOf(this.texts)
    const labels = this.labels.split(',').flatMap((label) => (label.trim() === '' ? [] : [label.trim()]))
    if (texts.length === 0) return undefined
    return { mode: task, endpoint, texts, ...(labels.length > 0 && { labels, multiLabel }) }
  }

  /** Chooses an endpoint for what it does. */
  use(endpoint: EndpointReference, task: ScoringTask): void {
    this.endpoints = { ...this.endpoints, [task]: endpoint }
    this.task = task
  }

  takeRanking({ query, documents }: RerankExample): void {
    Object.assign(this, { query, documents: documents.join('\n'), topN: undefined })
  }

  takeTexts({ texts, labels = [] }: ClassifyExample): void {
    Object.assign(this, { texts: texts.join('\n'), labels: labels.join(', '), multiLabel: false })
  }

  /** Makes the call that the form asks for. */
  async run(): Promise<void> {
    const { request } = this
    if (request === undefined || this.isRunning) return
    this.#abort = new AbortController()
    const recording = new Recording(request)
    this.latest = { ...this.latest, [request.mode]: recording }
    this.playground.inspect('scores', recording)
    await recordRun(recording, this.#abort.signal)
  }

  stop(): void {
    this.#abort?.abort()
  }
}

const unnamed: Readonly<Record<ScoringTask, EndpointReference>> = {
  rerank: { source: 'aws', name: 'my-reranker' },
  classify: { source: 'aws', name: 'my-classifier' },
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '')

import {
  demoClassificationModel,
  demoRerankModel,
  scripted,
  json,
  startLocalRuntime,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCapture, serializeCapture } from '../protocol/capture.ts'
import type { RunEvent, RunEventOf } from '../protocol/run-event.ts'
import type { ScoringRequest } from '../protocol/scoring-request.ts'
import { scrubCapture } from '../scrub/scrub-capture.ts'
import { EndpointPool } from './endpoint-pool.ts'
import { ScoringCalls } from './scoring-calls.ts'

let runtime: LocalRuntime
let pool: EndpointPool
const scores = new ScoringCalls()

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      reranker: demoRerankModel(),
      classifier: demoClassificationModel({ format: 'huggingface' }),
      wrong: scripted(() => json([{ index: 7, score: 1 }])),
    },
  })
  pool = new EndpointPool({ runtimeUrl: runtime.url, region: undefined, profile: undefined }, [scores.observer])
})
afterAll(async () => {
  pool.close()
  await runtime.close()
})

async function eventsOf(request: ScoringRequest): Promise<RunEvent[]> {
  const channel = scores.run(pool, request, new AbortController().signal)
  const events: RunEvent[] = []
  for (let batch = await channel.take(); batch !== undefined; batch = await channel.take()) events.push(...batch)
  return events
}

const find = <Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type): RunEventOf<Type> | undefined =>
  events.find((event): event is RunEventOf<Type> => event.type === type)

const rerank = {
  mode: 'rerank',
  endpoint: { source: 'local', name: 'reranker', handler: 'tei' },
  query: 'boats',
  documents: ['trains', 'boats and ships', 'a boat'],
} as const

describe('calls of rerankers and classifiers', () => {
  it('report the bytes, what was read of them, and the ranking', async () => {
    const events = await eventsOf({ ...rerank, documents: [...rerank.documents], topN: 2 })
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['request', 'response', 'part', 'value', 'ranking', 'end']),
    )
    const { scoreKind, ranking } = find(events, 'ranking')!
    expect(scoreKind).toBe('probability')
    expect(ranking.map(({ index }) => index)).toEqual([1, 2])
    expect(find(events, 'delta')).toBeUndefined()
    expect(JSON.parse(find(events, 'request')!.body)).toMatchObject({ query: 'boats', texts: rerank.documents })
  })

  it('have the bytes of several requests in a row, on one clock', async () => {
    const documents = Array.from({ length: 70 }, (_, index) => `boat number ${index}`)
    const events = await eventsOf({ ...rerank, documents })
    expect(events.filter(({ type }) => type === 'request')).toHaveLength(3)
    expect(find(events, 'ranking')!.ranking).toHaveLength(70)
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => a - b))
    const request = { ...rerank, documents }
    const capture = serializeCapture({ startedAt: new Date(), request, events })
    expect(parseCapture(capture)).toMatchObject({ request, events: JSON.parse(JSON.stringify(events)) as object[] })
  })

  it('do not mix when they run at the same time', async () => {
    const queries = ['boats', 'trains', 'planes', 'cars']
    const all = await Promise.all(
      queries.map((query) => eventsOf({ ...rerank, documents: [...rerank.documents], query })),
    )
    for (const [index, events] of all.entries()) {
      const sent = events.filter((event) => event.type === 'request').map(({ body }) => body)
      expect(sent.map((body) => (JSON.parse(body) as { query: string }).query)).toEqual([queries[index]])
    }
  })

  it('label texts, with labels of the model or of the request', async () => {
    const endpoint = { source: 'local', name: 'classifier', handler: 'huggingface' } as const
    const own = find(await eventsOf({ mode: 'classify', endpoint, texts: ['great', 'awful'] }), 'labels')!
    expect(own.classifications.map(({ label }) => label)).toEqual(['positive', 'negative'])
    const labels = ['weather', 'boats']
    const given = find(await eventsOf({ mode: 'classify', endpoint, texts: ['boats only'], labels }), 'labels')!
    expect(given.classifications[0]?.scores.map(({ label }) => label)).toEqual(['boats', 'weather'])
  })

  it('fail with the bytes that were received', async () => {
    const endpoint = { source: 'local', name: 'wrong', handler: 'tei' } as const
    const events = await eventsOf({ ...rerank, documents: [...rerank.documents], endpoint })
    expect(find(events, 'error')).toMatchObject({ code: 'unexpected-response' })
    expect(find(events, 'value')?.value).toEqual([{ index: 7, score: 1 }])
    expect(events.at(-1)?.type).toBe('error')
    const unknown = await eventsOf({ ...rerank, documents: ['a'], endpoint: { ...endpoint, handler: 'nothing' } })
    expect(unknown).toMatchObject([{ type: 'error', code: 'invalid-request' }])
  })

  it('leave no label and no text in a scrubbed capture', async () => {
    const endpoint = { source: 'local', name: 'classifier', handler: 'huggingface' } as const
    const request: ScoringRequest = { mode: 'classify', endpoint, texts: ['a secret'], labels: ['confidential'] }
    const capture = serializeCapture({ startedAt: new Date(), request, events: await eventsOf(request) })
    expect(capture).toContain('confidential')
    expect(scrubCapture(capture)).not.toMatch(/confidential|secret/)
  })
})

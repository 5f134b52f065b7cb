import { runInThisContext } from 'node:vm'
import { demoClassificationModel, demoRerankModel, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import * as rerankPackage from '@x/sagemaker-rerank'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunEvent } from '../protocol/run-event.ts'
import type { ScoringRequest } from '../protocol/scoring-request.ts'
import { EndpointPool } from '../server/endpoint-pool.ts'
import { ScoringCalls } from '../server/scoring-calls.ts'
import { codeSamples } from './code-samples.ts'
import { recordedCall } from './recorded-call.ts'
import { testCode } from './test-code.ts'

let runtime: LocalRuntime
let pool: EndpointPool
const scores = new ScoringCalls()
beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      reranker: demoRerankModel({ format: 'cohere' }),
      classifier: demoClassificationModel({ format: 'huggingface' }),
    },
  })
  pool = new EndpointPool({ runtimeUrl: runtime.url, region: undefined, profile: undefined }, [scores.observer])
})
afterAll(async () => {
  pool.close()
  await runtime.close()
})

const hard = `It's "hard": \\ \${HOME} \u202E\n </script>`

const requests: readonly ScoringRequest[] = [
  {
    mode: 'rerank',
    endpoint: { source: 'local', name: 'reranker', handler: 'cohere' },
    query: hard,
    documents: ['Bread is made from flour.', hard, 'In bad weather the boats stay in the harbour.'],
    topN: 2,
  },
  {
    mode: 'classify',
    endpoint: {
      source: 'local',
      name: 'classifier',
      handler: 'huggingface',
      additionalParameters: { hypothesis: 'x' },
    },
    texts: ['wonderful', hard],
    labels: ['hard', 'easy'],
    multiLabel: true,
  },
]

describe.each(requests)('the code of a $mode call', (request) => {
  it('sends the request of the page', async () => {
    const events: RunEvent[] = []
    const channel = scores.run(pool, request, new AbortController().signal)
    for (let batch = await channel.take(); batch !== undefined; batch = await channel.take()) events.push(...batch)
    expect(events.at(-1)?.type).toBe('end')
    const call = recordedCall({ request, events }, { runtimeUrl: runtime.url, region: undefined, profile: undefined })!
    const samples = codeSamples(call)
    expect(samples.map(({ id }) => id)).toEqual(['packages', 'sdk', 'curl'])
    expect(testCode(call, events).code).toContain('expect(received)')

    const before = runtime.requests.length
    const printed: unknown[][] = []
    const code = samples[0]!.code.replaceAll(/^import .*$/gm, '')
    const names = { ...rerankPackage, console: { log: (...values: unknown[]) => printed.push(values) } }
    await (
      runInThisContext(`(async ({ ${Object.keys(names).join(', ')} }) => {${code}})`) as (
        names: object,
      ) => Promise<void>
    )(names)
    expect(runtime.requests.slice(before).map(({ text }) => text)).toEqual([runtime.requests[before - 1]?.text])
    expect(printed).toHaveLength(2)
  })
})

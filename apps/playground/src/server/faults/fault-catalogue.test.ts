import { startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unicodeModel } from '../../demo/unicode-model.ts'
import type { RunEvent } from '../../protocol/run-event.ts'
import type { RunRequest } from '../../protocol/run-request.ts'
import { EndpointPool } from '../endpoint-pool.ts'
import { faultAttributes, faultCatalogue, faultDescriptions } from './fault-catalogue.ts'
import { runCall } from '../run-call.ts'

let runtime: LocalRuntime
let pool: EndpointPool

beforeAll(async () => {
  runtime = await startLocalRuntime({ endpoints: { 'demo-unicode': unicodeModel(0) } })
  pool = new EndpointPool({ runtimeUrl: runtime.url, region: undefined, profile: undefined })
})
afterAll(async () => {
  pool.close()
  await runtime.close()
})

async function outcomeOf(fault: RunRequest['fault']): Promise<{ text: string; outcome: string }> {
  const channel = runCall(
    pool,
    {
      mode: 'chat',
      messages: [{ role: 'user', content: 'Hello' }],
      endpoint: { source: 'local', name: 'demo-unicode' },
      parameters: {},
      stream: true,
      fault,
    },
    new AbortController().signal,
  )
  const events: RunEvent[] = []
  for (let batch = await channel.take(); batch !== undefined; batch = await channel.take()) events.push(...batch)
  const text = events.map((event) => (event.type === 'delta' ? event.text : '')).join('')
  const last = events.at(-1)
  return { text, outcome: last?.type === 'error' ? last.code : last?.type === 'end' ? 'answer' : 'nothing' }
}

describe('the fault catalogue', () => {
  it('tells the page everything but how the runtime is asked', () => {
    expect(faultDescriptions).toHaveLength(faultCatalogue.length)
    expect(new Set(faultDescriptions.map(({ id }) => id)).size).toBe(faultCatalogue.length)
    for (const description of faultDescriptions) expect(description).not.toHaveProperty('members')
  })

  it('keeps values within their limits, and knows no other fault', () => {
    expect(faultAttributes('small-parts', {})).toBe('local-faults=parts:5')
    expect(faultAttributes('small-parts', { parts: 0 })).toBe('local-faults=parts:1')
    expect(faultAttributes('reset', { afterParts: 3, probability: 0 })).toBe('local-faults=ending:reset+afterParts:3')
    expect(faultAttributes('unheard-of', {})).toBeUndefined()
  })

  it.concurrent.each(faultCatalogue)(
    'promises of $id what happens: $expected',
    { timeout: 30_000 },
    async ({ id, expected, members }) => {
      const sound = await outcomeOf(undefined)
      expect(sound.outcome).toBe('answer')
      const { text, outcome } = await outcomeOf({ id, values: {} })
      expect(outcome).toBe(expected)
      expect(sound.text.startsWith(text)).toBe(true)
      expect(text.length, 'what arrived before is kept').toBeGreaterThanOrEqual('ending' in members ? 1 : 0)
      expect(text === sound.text).toBe(expected === 'answer')
    },
  )
})

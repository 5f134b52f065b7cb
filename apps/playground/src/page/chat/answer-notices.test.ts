import { SagemakerLLM } from '@x/sagemaker-llm'
import { demoLanguageModel, startLocalRuntime } from '@x/sagemaker-local'
import { describe, expect, it } from 'vitest'
import type { RunRequest } from '../../protocol/run-request.ts'
import { answerStatus } from './answer-status.ts'
import { buildRequest, endpointProblem, parseSettings } from './settings/parse-settings.ts'
import { readSettings } from './settings/settings-values.ts'
import { stopNotice } from './stop-notice.ts'
import { suggestedPrompts } from './suggested-prompts.ts'

const endpoint = { source: 'local', name: 'demo-llm' } as const
const request = (maxNewTokens?: number): RunRequest => ({
  mode: 'complete',
  prompt: 'x',
  endpoint,
  parameters: maxNewTokens === undefined ? {} : { maxNewTokens },
  stream: true,
})

describe('the notice about the end of an answer', () => {
  it.each([undefined, 'end_turn', 'tool_use', 'stop_sequence'])('says nothing for %s', (stopReason) => {
    expect(stopNotice({ stopReason }, request())).toBeUndefined()
  })

  it.each([
    ['max_tokens', /cut off: it reached the limit of 1,200 new tokens/],
    ['content_filtered', /content filter/],
    ['model_context_window_exceeded', /context window/],
    ['something_new', /ended early.*a raw reason/],
  ])('is loud for %s', (stopReason, notice) => {
    expect(stopNotice({ stopReason, rawStopReason: 'a raw reason' }, request(1200))).toMatch(notice)
  })
})

describe('what is announced of answers', () => {
  const answer = (status: 'running' | 'done' | 'failed' | 'stopped', outputTokens?: number) => ({
    status,
    metrics: { usage: { outputTokens } },
  })

  it.each([
    [[], ''],
    [[answer('running', 4)], 'Answering…'],
    [[answer('done', 52)], 'Answer complete, 52 tokens'],
    [[answer('done')], 'Answer complete'],
    [[answer('done', 1), answer('running')], 'Answering…'],
    [[answer('done', 1), answer('failed')], '1 of 2 answers complete'],
    [[answer('stopped')], 'Answer stopped'],
    [[answer('failed')], ''],
  ])('%j', (answers, said) => {
    expect(answerStatus(answers)).toBe(said)
  })
})

describe('the suggested prompts', () => {
  it(
    'get whole, sensible answers from the demo model with the settings that the page starts with',
    { timeout: 120_000 },
    async () => {
      const runtime = await startLocalRuntime({ endpoints: { demo: demoLanguageModel() } })
      try {
        const llm = new SagemakerLLM({
          endpointName: 'demo',
          ...runtime.connection,
          temperature: 0.7,
          maxNewTokens: 160,
        })
        const answers = await Promise.all([
          ...suggestedPrompts.chat.map((content) => llm.chat([{ role: 'user', content }])),
          ...suggestedPrompts.complete.map((prompt) => llm.complete(prompt)),
        ])
        expect(answers.map(({ stopReason }) => stopReason)).toEqual(answers.map(() => 'end_turn'))
        expect(answers.map(({ text }) => text.trim().split(/[,.]/)[0])).toEqual([
          'Bread is made from flour',
          'The capital of France is Paris',
          'The water of the sea is salty because rivers carry a little salt from the land every day',
          'Paris',
          'a day before it comes',
        ])
      } finally {
        await runtime.close()
      }
    },
  )

  it('start with settings that have no problem', () => {
    const { markdown: _, ...values } = readSettings(null)
    const parsed = parseSettings(values, 'chat')
    if (parsed.problem !== undefined) throw new Error(parsed.problem)
    expect(buildRequest(parsed, 'chat', endpoint, [{ role: 'user', content: 'Hi' }])).toEqual({
      mode: 'chat',
      messages: [{ role: 'user', content: 'Hi' }],
      splitReasoning: false,
      endpoint,
      parameters: { temperature: 0.7, maxNewTokens: 160 },
      stream: true,
    })
    const tools = JSON.stringify([{ name: 'look', inputSchema: {} }])
    const chosen = parseSettings(
      { ...values, tools, toolChoice: 'tool:look', answerSchema: '{"type":"object"}' },
      'chat',
    )
    expect(chosen).toMatchObject({ toolChoice: { name: 'look' }, answerSchema: { type: 'object' } })
    expect(parseSettings({ ...values, tools, toolChoice: 'tool:gone' }, 'chat')).toEqual({
      problem: 'There is no tool gone to choose.',
    })
    expect(parseSettings({ ...values, toolChoice: 'required' }, 'chat')).not.toHaveProperty('toolChoice', 'required')
    expect(parseSettings({ ...values, answerSchema: '[]' }, 'chat')).toEqual({
      problem: 'The schema of the answer is not a JSON object.',
    })
    expect(endpointProblem({ ...endpoint, handler: 'cohere' }, { tools: [] }, true)).toBe(
      'demo-llm takes no images: the content handler cohere has no place for them.',
    )
    expect(endpointProblem({ ...endpoint, handler: 'cohere' }, { tools: [] }, false)).toBeUndefined()
    expect(parseSettings({ ...values, tools: '{' }, 'chat')).toEqual({ problem: 'The tools are not valid JSON.' })
    expect(parseSettings({ ...values, tools: '{' }, 'complete')).toMatchObject({ tools: [] })
  })
})

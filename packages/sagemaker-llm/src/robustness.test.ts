import type { ChatChunk } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { array, assert, constantFrom, jsonValue, object, oneof, property, string, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { containerFixtures } from './__fixtures__/container-fixtures.ts'
import { PartDecoder } from './parts/part-decoder.ts'
import { ChatChunks } from './views/chat-chunks.ts'
import { reasoningMarkers } from './parts/reasoning-tags.ts'
import { answerDeltas } from './contract/answer.ts'
import { jsonSequenceDone } from '@x/stream-core/decoders'
import { auto } from './handlers/auto.ts'
import type { ModelCall } from './contract/model-call.ts'

const call: ModelCall = {
  temperature: 0.1,
  maxNewTokens: 5,
  stream: true,
  prompt: 'Hi',
  reasoning: 'split',
  stopSequences: ['#'],
}
const handlers = [...new Set(containerFixtures.map(({ handler }) => handler)), auto()]

/** Members that the formats have, with anything in them: far likelier to meet a reader's assumptions than random names. */
const members = constantFrom(
  'choices',
  'delta',
  'message',
  'content',
  'tool_calls',
  'function',
  'arguments',
  'index',
  'id',
  'name',
  'finish_reason',
  'stop_reason',
  'usage',
  'prompt_tokens',
  'token',
  'text',
  'special',
  'generated_text',
  'details',
  'generated_tokens',
  'outputs',
  'data',
  'text_output',
  'generation',
  'body',
  'completions',
  'finishReason',
  'event_type',
  'is_finished',
  'response',
  'generations',
  'meta',
  'error',
  'code',
  'done',
  'reasoning',
  'generated_texts',
  'parameters',
)
const leaf = oneof(
  jsonValue({ maxDepth: 1 }),
  constantFrom(null, 0, 1, -1, true, false, '', 'stop', 'length', 'error', '0'),
)
const likely = oneof(
  { depthSize: 'medium', maxDepth: 6 },
  leaf,
  object({ key: members, values: [leaf], maxDepth: 5 }),
  array(object({ key: members, values: [leaf], maxDepth: 4 }), { maxLength: 3 }),
)

describe('whatever a container sends', () => {
  test('a reader never throws, whatever values it gets', () => {
    assert(
      property(
        constantFrom(...handlers),
        array(oneof(likely, constantFrom(jsonSequenceDone)), { maxLength: 4 }),
        (handler, values) => {
          const reader = handler.reader(call)
          const deltas = [...values.flatMap((value) => reader.push(value)), ...reader.end()]
          expect(deltas.every((delta) => typeof delta.type === 'string')).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('an answer never throws, whatever document it gets', () => {
    assert(
      property(constantFrom(...handlers), likely, (handler, document) => {
        expect(answerDeltas(handler.answer(document, call)).length).toBeGreaterThan(0)
      }),
      { numRuns: 1_000 },
    )
  })

  test('bytes are decoded to fragments and one end, or to a SagemakerError', () => {
    const text = oneof(
      array(likely, { maxLength: 3 }).map((values) =>
        values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join(''),
      ),
      array(likely, { maxLength: 3 }).map((values) => values.map((value) => `${JSON.stringify(value)}\n`).join('')),
      string(),
    ).map((value) => new TextEncoder().encode(value))
    assert(
      property(
        constantFrom(...handlers),
        array(oneof(text, uint8Array({ maxLength: 20 })), { maxLength: 3 }),
        (handler, pieces) => {
          expect(endingOf(handler.reader(call), pieces)).toMatch(/^(SagemakerError|end)$/)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

function endingOf(reader: ReturnType<(typeof handlers)[number]['reader']>, pieces: readonly Uint8Array[]): string {
  const view = new ChatChunks()
  const decoder = new PartDecoder({
    rules: {
      stopSequences: ['#'],
      reasoning: { mode: 'split', markers: reasoningMarkers(), startsWithin: undefined },
    },
    isStream: true,
    request: { body: '', contentType: 'application/json' },
    reader,
    origin: () => ({ endpointName: 'my-container', request: new Uint8Array() }),
    response: () => ({ attempts: 1, timings: {}, warnings: [] }),
  })
  const chunks: ChatChunk[] = []
  try {
    for (const piece of pieces) decoder.pushEach(piece, (part) => chunks.push(...view.push(part)))
    decoder.flushEach((part) => chunks.push(...view.push(part)))
  } catch (error) {
    return SagemakerError.is(error) && chunks.every((chunk) => chunk.stopReason === undefined)
      ? 'SagemakerError'
      : String(error)
  }
  const ends = chunks.filter((chunk) => chunk.stopReason !== undefined)
  const text = chunks.map((chunk) => chunk.delta).join('')
  return ends.length === 1 && ends[0] === chunks.at(-1) && ends[0]?.text === text ? 'end' : `${ends.length} ends`
}

import type { StopReason } from '@x/bedrock-like-types'
import { describe, expect, test } from 'vitest'
import { isFailure, stopReasonOf, stopWord, type Ending } from './stop-reason.ts'

const plain: Ending = { toolCallCount: 0, toolCallsMalformed: false, stopSequences: [] }

describe('stopReasonOf', () => {
  test.each<[string | undefined, StopReason]>([
    ['stop', 'end_turn'],
    ['eos_token', 'end_turn'],
    ['endoftext', 'end_turn'],
    ['COMPLETE', 'end_turn'],
    ['repetition', 'end_turn'],
    [undefined, 'end_turn'],
    ['something new', 'end_turn'],
    ['length', 'max_tokens'],
    ['MAX_TOKENS', 'max_tokens'],
    ['stop_sequence', 'stop_sequence'],
    ['STOP_SEQUENCE', 'stop_sequence'],
    ['model_length', 'model_context_window_exceeded'],
    ['max_output_tokens', 'max_tokens'],
    ['limit', 'max_tokens'],
    ['word', 'stop_sequence'],
    ['content_filtered', 'content_filtered'],
    ['guardrail_intervened', 'guardrail_intervened'],
    ['constructor', 'end_turn'],
    ['__proto__', 'end_turn'],
    ['toString', 'end_turn'],
    ['content_filter', 'content_filtered'],
    ['ERROR_TOXIC', 'content_filtered'],
    ['ERROR_LIMIT', 'model_context_window_exceeded'],
  ])('%s is %s', (raw, stopReason) => {
    expect(stopReasonOf({ ...plain, raw })).toBe(stopReason)
  })

  test.each(['tool_calls', 'function_call', 'TOOL_CALL', 'tool_use'])('%s without a tool call is end_turn', (raw) => {
    expect(stopReasonOf({ ...plain, raw })).toBe('end_turn')
    expect(stopReasonOf({ ...plain, raw, toolCallCount: 1 })).toBe('tool_use')
  })

  test.each(['stop', 'eos_token', 'COMPLETE', undefined])('%s with a tool call is tool_use', (raw) => {
    expect(stopReasonOf({ ...plain, raw, toolCallCount: 1 })).toBe('tool_use')
  })

  test('a tool call at the length limit was cut off with the answer', () => {
    expect(stopReasonOf({ ...plain, raw: 'length', toolCallCount: 1, toolCallsMalformed: true })).toBe('max_tokens')
  })

  test('a tool call that cannot be read, at a normal end, is malformed_tool_use', () => {
    expect(stopReasonOf({ ...plain, raw: 'tool_calls', toolCallCount: 1, toolCallsMalformed: true })).toBe(
      'malformed_tool_use',
    )
  })

  test('a stop string that the container names, or gives as the reason, is stop_sequence', () => {
    expect(stopReasonOf({ ...plain, raw: 'stop', stopString: '###' })).toBe('stop_sequence')
    expect(stopReasonOf({ ...plain, raw: '###', stopSequences: ['###'] })).toBe('stop_sequence')
  })

  test('a handler may know better what a word means', () => {
    expect(stopReasonOf({ ...plain, raw: 'stop', stopReason: 'stop_sequence' })).toBe('stop_sequence')
  })
})

const failureWords = ['abort', 'error', 'ERROR', 'TIMEOUT', 'USER_CANCEL', 'cancelled', 'insufficient_system_resource']
test.each(failureWords)('%s is a failure, not a reason to stop', (raw) => {
  expect(isFailure(raw)).toBe(true)
})

test.each([undefined, null, '', 'null', 'None', 3])('%j is no word for an end', (value) => {
  expect(stopWord(value)).toBeUndefined()
})

import { expect } from 'vitest'
import { callOf, delta, message, type ReportedAnswers } from './reported-answer.ts'

const bern = { id: 'call_x1', name: 'get_weather', input: { city: 'Bern' } }

export const shapes: ReportedAnswers = {
  'a chat completion within an array': {
    whole: [message({ content: 'Hi' })],
    expected: { text: 'Hi', stopReason: 'end_turn' },
  },
  'token counts within the choice': {
    values: [
      delta({ content: 'Hi' }),
      delta({}, 'stop', { usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } }),
    ],
    expected: { text: 'Hi', usage: expect.objectContaining({ inputTokens: 3, outputTokens: 1, totalTokens: 4 }) },
  },
  'a sole choice with another index than 0': {
    values: [
      { id: 'x', choices: [{ index: 1, delta: { content: 'Hel' } }] },
      { id: 'x', choices: [{ index: 1, delta: { content: 'lo' }, finish_reason: 'length' }] },
    ],
    expected: { text: 'Hello', stopReason: 'max_tokens' },
  },
  "Cohere's chat API v2, whole": {
    whole: {
      id: 'c1',
      message: {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.' },
          { type: 'text', text: 'Four.' },
        ],
      },
      finish_reason: 'COMPLETE',
      usage: { billed_units: { input_tokens: 5, output_tokens: 3 }, tokens: { input_tokens: 71, output_tokens: 4 } },
    },
    expected: {
      text: 'Four.',
      reasoning: 'Hm.',
      stopReason: 'end_turn',
      usage: expect.objectContaining({ inputTokens: 71, outputTokens: 4 }),
    },
  },
  "Cohere's chat API v2, streamed": {
    values: [
      { type: 'message-start', id: 'c1', delta: { message: { role: 'assistant', content: [], tool_calls: [] } } },
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Fo' } } } },
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'ur.' } } } },
      { type: 'content-end', index: 0 },
      { type: 'message-end', delta: { finish_reason: 'MAX_TOKENS', usage: { tokens: { output_tokens: 2 } } } },
    ],
    expected: { text: 'Four.', stopReason: 'max_tokens', rawStopReason: 'MAX_TOKENS' },
  },
  "tool calls of Cohere's chat API v2, streamed": {
    values: [
      { type: 'tool-plan-delta', delta: { message: { tool_plan: 'I will look it up.' } } },
      {
        type: 'tool-call-start',
        index: 0,
        delta: { message: { tool_calls: callOf('call_x1', 'get_weather', '') } },
      },
      { type: 'tool-call-delta', index: 0, delta: { message: { tool_calls: { function: { arguments: '{"city"' } } } } },
      {
        type: 'tool-call-delta',
        index: 0,
        delta: { message: { tool_calls: { function: { arguments: ':"Bern"}' } } } },
      },
      { type: 'tool-call-end', index: 0 },
      { type: 'message-end', delta: { finish_reason: 'TOOL_CALL' } },
    ],
    expected: {
      toolCalls: [expect.objectContaining(bern)],
      reasoning: 'I will look it up.',
      stopReason: 'tool_use',
    },
  },
  "a failure of Cohere's chat API v2": {
    values: [
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Fo' } } } },
      { type: 'message-end', delta: { finish_reason: 'ERROR' } },
    ],
    expected: { code: 'model-error' },
  },
  'numbers as Python writes them': {
    text: '{"token": {"id": 1, "text": "Paris", "log_prob": -Infinity}}\n{"token": {"id": 2, "text": ".", "log_prob": NaN}, "generated_text": "Paris.", "details": {"finish_reason": "eos_token"}}\n',
    expected: { text: 'Paris.', stopReason: 'end_turn' },
  },
  'plain text': {
    text: 'Mein Hund, er hat drei Ecken.',
    contentType: 'text/plain; charset=utf-8',
    expected: { text: 'Mein Hund, er hat drei Ecken.', stopReason: 'end_turn', rawStopReason: undefined },
  },
  'plain text that is shorter than what tells it from JSON': {
    text: ' 42\n',
    contentType: 'text/plain',
    expected: { text: ' 42\n' },
  },
  'plain text that begins like a field of an event': {
    text: 'dataé is a word of mine',
    contentType: 'text/plain',
    expected: { text: 'dataé is a word of mine' },
  },
  'JSON that says it is text': {
    text: JSON.stringify(message({ content: 'Hi' })),
    contentType: 'text/plain',
    expected: { text: 'Hi', stopReason: 'end_turn' },
  },
  'events that say they are text': {
    text: 'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"length"}]}\n\ndata: [DONE]\n\n',
    contentType: 'text/plain',
    expected: { text: 'Hi', stopReason: 'max_tokens' },
  },
  "a proxy's words as plain text": {
    text: 'upstream request timeout',
    contentType: 'text/plain',
    expected: { code: 'timeout' },
  },
  'JSON that is text and nothing else': { whole: 'Mein Hund', expected: { text: 'Mein Hund' } },
}

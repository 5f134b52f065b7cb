import { expect } from 'vitest'
import { callOf, delta, message, type ReportedAnswers } from './reported-answer.ts'

const bern = { id: 'call_x1', name: 'get_weather', input: { city: 'Bern' } }
const bernText = '{"city": "Bern"}'
const legacy = { name: 'get_weather', arguments: bernText }

/** One entry of `tool_calls`, all at the same index. */
const fragment = (members: object, id?: string): object => ({ index: 0, ...(id && { id }), function: members })

export const toolCalls: ReportedAnswers = {
  'tool_calls without a tool call, whole': {
    whole: message({ content: 'Hello there.', tool_calls: [] }, 'tool_calls'),
    expected: { text: 'Hello there.', toolCalls: [], stopReason: 'end_turn', rawStopReason: 'tool_calls' },
  },
  'function_call without a tool call, streamed': {
    values: [delta({ content: 'Hello' }), delta({}, 'function_call')],
    expected: { text: 'Hello', toolCalls: [], stopReason: 'end_turn', rawStopReason: 'function_call' },
  },
  'a call told in function_call and in tool_calls, whole': {
    whole: message({ function_call: legacy, tool_calls: [callOf('call_x1', 'get_weather', bernText)] }, 'tool_calls'),
    expected: { toolCalls: [expect.objectContaining(bern)], stopReason: 'tool_use' },
  },
  'a call told in function_call and in tool_calls, streamed': {
    values: [
      ['{"city"', 'get_weather'],
      [': "Bern"}', ''],
    ].map(([text = '', name = '']) =>
      delta({
        function_call: { name, arguments: text },
        tool_calls: [{ index: 0, ...callOf(name && 'call_x1', name, text) }],
      }),
    ),
    expected: { toolCalls: [expect.objectContaining(bern)], stopReason: 'tool_use' },
  },
  'function_call by itself': {
    whole: message({ function_call: legacy }, 'function_call'),
    expected: { toolCalls: [expect.objectContaining({ ...bern, id: expect.any(String) })], stopReason: 'tool_use' },
  },
  'entries with nothing in them beside a text': {
    whole: message({
      content: 'Hi',
      function_call: { name: '', arguments: '' },
      tool_calls: [{ index: 0, ...callOf('', '', '') }],
    }),
    expected: { text: 'Hi', toolCalls: [], stopReason: 'end_turn' },
  },
  'entries with nothing in them beside a streamed text': {
    values: [
      delta({ content: 'Hi', tool_calls: [{ index: 0, ...callOf('', '', '') }] }),
      delta({ function_call: { name: '', arguments: '' } }, 'stop'),
    ],
    expected: { text: 'Hi', toolCalls: [], stopReason: 'end_turn' },
  },
  'whole parallel calls at one index, without ids': {
    values: [
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '{"city":"Bern"}' })] }),
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '{"city":"Rome"}' })] }, 'tool_calls'),
    ],
    expected: {
      toolCalls: ['Bern', 'Rome'].map((city) => expect.objectContaining({ name: 'get_weather', input: { city } })),
      stopReason: 'tool_use',
    },
  },
  'the same calls in one value': {
    values: [
      delta(
        {
          tool_calls: ['Bern', 'Rome'].map((city) =>
            fragment({ name: 'get_weather', arguments: JSON.stringify({ city }) }),
          ),
        },
        'tool_calls',
      ),
    ],
    expected: {
      toolCalls: ['Bern', 'Rome'].map((city) => expect.objectContaining({ name: 'get_weather', input: { city } })),
      stopReason: 'tool_use',
    },
  },
  'another name at the same index, without ids': {
    values: [
      delta({ tool_calls: [fragment({ name: 'now', arguments: '{}' })] }),
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '' })] }),
      delta({ tool_calls: [fragment({ arguments: '{"city":"Bern"}' })] }, 'tool_calls'),
    ],
    expected: {
      toolCalls: [
        expect.objectContaining({ name: 'now', input: {} }),
        expect.objectContaining({ name: 'get_weather', input: { city: 'Bern' } }),
      ],
      stopReason: 'tool_use',
    },
  },
  'the name again, beside arguments that are not complete': {
    values: [
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '{"city"' })] }),
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: ':"Bern"}' })] }),
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '' })] }, 'tool_calls'),
    ],
    expected: {
      toolCalls: [expect.objectContaining({ name: 'get_weather', input: { city: 'Bern' } })],
      stopReason: 'tool_use',
    },
  },
  'a new id and the name in every fragment of one call': {
    values: [
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '{"' }, 'call_x1')] }),
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: 'city' }, 'b2')] }),
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '": "Bern"}' }, 'c3')] }, 'tool_calls'),
    ],
    expected: { toolCalls: [expect.objectContaining(bern)], stopReason: 'tool_use' },
  },
  'a new id after complete arguments, at the same index': {
    values: [
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: bernText }, 'call_x1')] }),
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '{"city":"Rome"}' }, 'call_x2')] }, 'tool_calls'),
    ],
    expected: {
      toolCalls: [
        expect.objectContaining(bern),
        expect.objectContaining({ ...bern, id: 'call_x2', input: { city: 'Rome' } }),
      ],
      stopReason: 'tool_use',
    },
  },
  'one id at two indexes, first without arguments': {
    values: [
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '' }, 'call_x1')] }),
      delta({ tool_calls: [{ ...fragment({ name: 'get_weather', arguments: bernText }, 'call_x1'), index: 1 }] }),
      delta({}, 'tool_calls'),
    ],
    expected: { toolCalls: [expect.objectContaining(bern)], stopReason: 'tool_use' },
  },
  'a placeholder before the arguments': {
    values: [
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '{}' }, 'call_x1')] }),
      delta({ tool_calls: [fragment({ arguments: '{"city":' })] }),
      delta({ tool_calls: [fragment({ arguments: '"Bern"}' })] }, 'tool_calls'),
    ],
    expected: { toolCalls: [expect.objectContaining(bern)], stopReason: 'tool_use' },
  },
  'arguments as JSON within JSON': {
    whole: message({ tool_calls: [callOf('call_x1', 'get_weather', JSON.stringify(bernText))] }, 'tool_calls'),
    expected: {
      toolCalls: [{ ...bern, inputText: JSON.stringify(bernText) }],
      stopReason: 'tool_use',
    },
  },
  'arguments as JSON within JSON, streamed': {
    values: [
      delta({ tool_calls: [fragment({ name: 'get_weather', arguments: '"{\\"city\\":' }, 'call_x1')] }),
      delta({ tool_calls: [fragment({ arguments: ' \\"Bern\\"}"' })] }, 'tool_calls'),
    ],
    expected: { toolCalls: [expect.objectContaining(bern)], stopReason: 'tool_use' },
  },
  ...Object.fromEntries(
    ['2', 'true', '["Bern"]', '"2"', '"[1]"', '"Bern"', 'Bern', '{"city":'].map((text) => [
      `arguments that are no object: ${text}`,
      {
        whole: message({ tool_calls: [callOf('call_x1', 'get_weather', text)] }, 'tool_calls'),
        expected: {
          toolCalls: [{ id: 'call_x1', name: 'get_weather', input: text, inputText: text }],
          stopReason: 'malformed_tool_use' as const,
        },
      },
    ]),
  ),
  'integers that a number cannot hold': {
    whole: message({ tool_calls: [callOf('call_x1', 'cancel', '{"order_id": 12345678901234567890}')] }, 'tool_calls'),
    expected: {
      toolCalls: [expect.objectContaining({ name: 'cancel', inputText: '{"order_id": 12345678901234567890}' })],
      stopReason: 'tool_use',
    },
  },
}

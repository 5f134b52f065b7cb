import { lmi, openai, tgi } from '@x/sagemaker-llm'
import { asPrompt, type ContainerStream, tools } from './container-stream.ts'
import { anyId, finish, names, reasoning, start, text, toolCall, used } from './expected-parts.ts'
import { chunk, events, lines, openaiNames, role, toolFragment, usageChunk } from './wire.ts'

const counts = { prompt_tokens: 14, completion_tokens: 8, total_tokens: 22 }

const tgiToken = (index: number, piece: string, end: object = {}): object => ({
  index,
  token: { id: 300 + index, text: piece, logprob: -0.25, special: false },
  generated_text: null,
  details: null,
  ...end,
})
const tgiChunk = (delta: object, finished: string | null = null): object => ({
  object: 'chat.completion.chunk',
  id: '',
  created: 1_750_000_000,
  model: 'llama',
  choices: [{ index: 0, delta: { role: 'assistant', ...delta }, logprobs: null, finish_reason: finished }],
})
const tgiNames = names({ timestamp: new Date(1_750_000_000_000), modelId: 'llama' })
const lmiChunk = (delta: object, finished: string | null = null): object => ({
  id: 'chatcmpl-7',
  object: 'chat.completion.chunk',
  created: 1_750_000_000,
  choices: [{ index: 0, delta, finish_reason: finished }],
})
const lmiNames = names({ id: 'chatcmpl-7', timestamp: new Date(1_750_000_000_000) })

/** Streams of containers that speak OpenAI's format, or that of TGI. */
export const chatStreams: readonly ContainerStream[] = [
  {
    name: 'vLLM: text, usage in a chunk of its own',
    settings: { contentHandler: openai() },
    stream: events(
      role,
      chunk({ content: 'It’s' }),
      chunk({ content: ' ☀️.' }),
      chunk({}, 'stop'),
      usageChunk(counts),
      '[DONE]',
    ),
    parts: [
      start(),
      names(openaiNames),
      ...text(0, 'It’s', ' ☀️.'),
      finish('stop', 'stop', 'end_turn', used(14, 8, counts)),
    ],
  },
  {
    name: 'vLLM: reasoning in a field',
    settings: { contentHandler: openai() },
    stream: events(
      role,
      chunk({ reasoning_content: 'The user' }),
      chunk({ reasoning_content: ' asks.' }),
      chunk({ content: 'Four.' }),
      chunk({}, 'stop'),
      '[DONE]',
    ),
    parts: [
      start(),
      names(openaiNames),
      ...reasoning(0, 'The user', ' asks.'),
      ...text(1, 'Four.'),
      finish('stop', 'stop', 'end_turn'),
    ],
  },
  {
    name: 'vLLM: two parallel tool calls after a text',
    settings: { contentHandler: openai() },
    call: tools,
    stream: events(
      role,
      chunk({ content: 'Let me see.' }),
      toolFragment(0, { name: 'get_weather' }, { id: 'call-1a', type: 'function' }),
      toolFragment(0, { arguments: '{"city": ' }),
      toolFragment(0, { arguments: '"Boston"}' }),
      toolFragment(1, { name: 'get_weather', arguments: '' }, { id: 'call-3c', type: 'function' }),
      toolFragment(1, { arguments: '{"city": "Paris"}' }),
      chunk({ content: '' }, 'tool_calls'),
      '[DONE]',
    ),
    parts: [
      start(),
      names(openaiNames),
      ...text(0, 'Let me see.'),
      ...toolCall('call-1a', 'get_weather', '{"city": ', '"Boston"}'),
      ...toolCall('call-3c', 'get_weather', '{"city": "Paris"}'),
      finish('tool-calls', 'tool_calls', 'tool_use'),
    ],
  },
  {
    name: 'SGLang: cached and reasoning tokens',
    settings: { contentHandler: openai() },
    stream: events(
      chunk({ content: 'Four.' }),
      chunk({}, 'stop', { matched_stop: 151_645 }),
      usageChunk({
        ...counts,
        prompt_tokens_details: { cached_tokens: 10 },
        completion_tokens_details: { reasoning_tokens: 6 },
      }),
      '[DONE]',
    ),
    parts: [
      start(),
      names(openaiNames),
      ...text(0, 'Four.'),
      finish('stop', 'stop', 'end_turn', {
        inputTokens: { total: 14, noCache: 4, cacheRead: 10, cacheWrite: undefined },
        outputTokens: { total: 8, text: 2, reasoning: 6 },
        raw: {
          ...counts,
          prompt_tokens_details: { cached_tokens: 10 },
          completion_tokens_details: { reasoning_tokens: 6 },
        },
      }),
    ],
  },
  {
    name: 'TGI messages: a tool call with an id that others have too, and no finish reason',
    settings: { contentHandler: tgi() },
    call: tools,
    stream: events(
      tgiChunk({
        tool_calls: [{ index: 0, id: '0', type: 'function', function: { name: 'get_weather', arguments: '' } }],
      }),
      tgiChunk({
        tool_calls: [{ index: 0, id: '0', type: 'function', function: { name: null, arguments: '{"city":' } }],
      }),
      tgiChunk({
        tool_calls: [{ index: 0, id: '0', type: 'function', function: { name: null, arguments: '"Bern"}' } }],
      }),
      '[DONE]',
    ),
    parts: [
      start(),
      tgiNames,
      ...toolCall(anyId, 'get_weather', '{"city":', '"Bern"}'),
      finish('tool-calls', undefined, 'tool_use'),
    ],
  },
  {
    name: 'TGI messages: a stop sequence in the text',
    settings: { contentHandler: tgi() },
    call: { stopSequences: ['END'] },
    stream: events(tgiChunk({ content: 'OK E' }), tgiChunk({ content: 'ND' }, 'stop_sequence'), '[DONE]'),
    parts: [
      start(),
      tgiNames,
      ...text(0, 'OK '),
      finish('stop', 'stop_sequence', 'stop_sequence', undefined, { stopSequence: 'END' }),
    ],
  },
  {
    name: 'TGI generate: a conversation as a prompt',
    settings: { contentHandler: tgi(), ...asPrompt },
    stream: events(
      tgiToken(1, 'It’s'),
      tgiToken(2, ' sunny.'),
      tgiToken(3, '<|eot_id|>', {
        token: { id: 2, text: '<|eot_id|>', logprob: 0, special: true },
        generated_text: 'It’s sunny.',
        details: { finish_reason: 'eos_token', generated_tokens: 3, seed: null, input_length: 6 },
      }),
    ),
    parts: [
      start(),
      names(),
      ...text(0, 'It’s', ' sunny.'),
      finish(
        'stop',
        'eos_token',
        'end_turn',
        used(6, 3, { finish_reason: 'eos_token', generated_tokens: 3, seed: null, input_length: 6 }),
      ),
    ],
  },
  {
    name: 'LMI rolling batch: JSON lines, cut off at the limit',
    settings: { contentHandler: lmi(), ...asPrompt },
    stream: lines(
      { token: { id: 304, text: 'Deep ', log_prob: -0.05 } },
      {
        token: { id: 305, text: 'field', log_prob: -0.05 },
        generated_text: 'Deep field',
        details: { finish_reason: 'length', generated_tokens: 2, inputs: 'Hello' },
      },
    ),
    parts: [
      start(),
      names(),
      ...text(0, 'Deep ', 'field'),
      finish(
        'length',
        'length',
        'max_tokens',
        used(undefined, 2, { finish_reason: 'length', generated_tokens: 2, inputs: 'Hello' }),
      ),
    ],
  },
  {
    name: 'LMI chat: JSON lines with reasoning, then a tool call',
    settings: { contentHandler: lmi() },
    call: tools,
    stream: lines(
      lmiChunk({ reasoning_content: 'Hm.' }),
      lmiChunk({
        tool_calls: [
          { index: 0, id: 'call_7', type: 'function', function: { name: 'get_weather', arguments: '{"ci' } },
        ],
      }),
      lmiChunk({ tool_calls: [{ index: 0, function: { arguments: 'ty":"Bern"}' } }] }, 'tool_calls'),
    ),
    parts: [
      start(),
      lmiNames,
      ...reasoning(0, 'Hm.'),
      ...toolCall('call_7', 'get_weather', '{"ci', 'ty":"Bern"}'),
      finish('tool-calls', 'tool_calls', 'tool_use'),
    ],
  },
]

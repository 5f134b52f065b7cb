import { ai21, bedrockCompat, cohere, huggingface, jumpstartLlama2, jumpstartText2Text, triton } from '@x/sagemaker-llm'
import { expect } from 'vitest'
import { asPrompt, type ContainerStream, tools } from './container-stream.ts'
import { anyId, finish, names, start, text, toolCall, used } from './expected-parts.ts'
import { events, lines } from './wire.ts'

const units = { input_tokens: 21, output_tokens: 5 }
const cohereEnd = (reason: string, response: object): object => ({
  is_finished: true,
  event_type: 'stream-end',
  finish_reason: reason,
  response: {
    response_id: 'a8',
    generation_id: '90',
    finish_reason: reason,
    meta: { billed_units: units },
    ...response,
  },
})
const cohereStart = { is_finished: false, event_type: 'stream-start', generation_id: '90' }

/** Streams, and whole documents in their place, of containers with formats of their own. */
export const otherStreams: readonly ContainerStream[] = [
  {
    name: 'Hugging Face toolkit: a whole document where a stream was asked for',
    settings: { contentHandler: huggingface() },
    stream: '[{"generated_text":" there was a “king”"}]',
    parts: [start(), names(), ...text(0, ' there was a “king”'), finish('stop', undefined, 'end_turn')],
  },
  {
    name: 'JumpStart Llama 2: a whole document',
    settings: { contentHandler: jumpstartLlama2({ acceptEula: true }) },
    stream: '[{"generation":{"role":"assistant","content":"Egg yolk & oil."}}]',
    parts: [start(), names(), ...text(0, 'Egg yolk & oil.'), finish('stop', undefined, 'end_turn')],
  },
  {
    name: 'JumpStart text2text: the first of several texts',
    settings: { contentHandler: jumpstartText2Text(), ...asPrompt },
    stream: '{"generated_texts":["Ich heiße Arthur.","Mein Name ist Arthur."]}',
    parts: [start(), names(), ...text(0, 'Ich heiße Arthur.'), finish('stop', undefined, 'end_turn')],
  },
  {
    name: 'Cohere v1: objects one after the other, tool calls without ids',
    settings: { contentHandler: cohere() },
    call: tools,
    stream: [
      cohereStart,
      { is_finished: false, event_type: 'text-generation', text: 'I look.' },
      {
        is_finished: false,
        event_type: 'tool-calls-generation',
        tool_calls: [{ name: 'get_weather', parameters: { city: 'Zürich' } }],
      },
      cohereEnd('COMPLETE', { text: 'I look.', tool_calls: [{ name: 'get_weather', parameters: { city: 'Zürich' } }] }),
    ]
      .map((value) => JSON.stringify(value))
      .join(''),
    parts: [
      start(),
      names({ id: '90' }),
      ...text(0, 'I look.'),
      ...toolCall(anyId, 'get_weather', '{"city":"Zürich"}'),
      finish('tool-calls', 'COMPLETE', 'tool_use', used(21, 5, units)),
    ],
  },
  {
    name: 'Cohere v1: an answer that was held back',
    settings: { contentHandler: cohere() },
    stream: JSON.stringify(cohereStart) + JSON.stringify(cohereEnd('ERROR_TOXIC', { text: '' })),
    parts: [
      start(),
      names({ id: '90' }),
      finish('content-filter', 'ERROR_TOXIC', 'content_filtered', used(21, 5, units)),
    ],
  },
  {
    name: 'AI21: a document over several lines, cut off at the context window',
    settings: { contentHandler: ai21(), ...asPrompt },
    stream: JSON.stringify(
      {
        id: '1',
        prompt: { text: 'Hello', tokens: [{}, {}, {}] },
        completions: [{ data: { text: ' not to be', tokens: [{}, {}] }, finishReason: { reason: 'model_length' } }],
      },
      undefined,
      2,
    ),
    parts: [
      start(),
      names({ id: '1' }),
      ...text(0, ' not to be'),
      finish(
        'length',
        'model_length',
        'model_context_window_exceeded',
        expect.objectContaining({
          inputTokens: expect.objectContaining({ total: 3 }) as unknown,
        }) as never,
      ),
    ],
  },
  {
    name: 'Triton generate: events with a tensor of text each',
    settings: { contentHandler: triton(), ...asPrompt },
    stream: events(
      { model_name: 'ensemble', model_version: '1', text_output: 'Triton' },
      { model_name: 'ensemble', model_version: '1', text_output: ' is a sërver.' },
    ),
    parts: [start(), names(), ...text(0, 'Triton', ' is a sërver.'), finish('stop', undefined, 'end_turn')],
  },
  {
    name: 'LMI in the format of Bedrock',
    settings: { contentHandler: bedrockCompat(), ...asPrompt },
    stream: lines(
      { generation: ' the', prompt_token_count: 4, generation_token_count: null, stop_reason: null },
      { generation: 're', prompt_token_count: null, generation_token_count: 2, stop_reason: 'length' },
    ),
    parts: [
      start(),
      names(),
      ...text(0, ' the', 're'),
      finish(
        'length',
        'length',
        'max_tokens',
        expect.objectContaining({
          outputTokens: expect.objectContaining({ total: 2 }) as unknown,
        }) as never,
      ),
    ],
  },
  {
    name: 'an unknown container, which is Ollama',
    settings: {},
    stream: lines(
      { model: 'llama3', message: { role: 'assistant', content: 'Hé!' }, done: false },
      {
        model: 'llama3',
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: 'stop',
        prompt_eval_count: 7,
        eval_count: 2,
      },
    ),
    parts: [
      start(),
      names({ modelId: 'llama3' }),
      ...text(0, 'Hé!'),
      finish(
        'stop',
        'stop',
        'end_turn',
        expect.objectContaining({
          inputTokens: expect.objectContaining({ total: 7 }) as unknown,
          outputTokens: expect.objectContaining({ total: 2 }) as unknown,
        }) as never,
      ),
    ],
  },
]

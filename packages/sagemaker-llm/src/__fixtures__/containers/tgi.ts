import { tgi } from '../../handlers/tgi.ts'
import { counts, events, type ContainerFixture } from '../container-fixture.ts'

/** One token of TGI 2.3 or later. */
function token(index: number, text: string, end?: { generated: string; reason?: string; special?: boolean }): object {
  const details = end?.reason
    ? { finish_reason: end.reason, generated_tokens: index, seed: null, input_length: 6 }
    : null
  return {
    index,
    token: { id: 300 + index, text, logprob: -0.25, special: end?.special ?? false },
    generated_text: end?.generated ?? null,
    details,
  }
}

function whole(text: string, reason: string, generatedTokens: number): unknown {
  return [
    {
      generated_text: text,
      details: { finish_reason: reason, generated_tokens: generatedTokens, seed: null, prefill: [], tokens: [] },
    },
  ]
}

const tokens = [token(1, 'It’s'), token(2, ' sunny'), token(3, ' ☀️.')]

export const tgiGenerate: ContainerFixture = {
  name: 'TGI generate',
  handler: tgi(),
  cases: [
    {
      name: 'stop',
      prompt: 'Weather?',
      options: { temperature: 0.5, maxNewTokens: 20, topP: 0.9, topK: 40, seed: 1 },
      request: (stream) => ({
        inputs: 'Weather?',
        parameters: {
          max_new_tokens: 20,
          temperature: 0.5,
          do_sample: true,
          top_p: 0.9,
          top_k: 40,
          seed: 1,
          details: true,
          return_full_text: false,
        },
        stream,
      }),
      whole: whole('It’s sunny ☀️.', 'eos_token', 4),
      stream: events(
        ...tokens,
        token(4, '<|eot_id|>', { generated: 'It’s sunny ☀️.', reason: 'eos_token', special: true }),
      ),
      expected: {
        text: 'It’s sunny ☀️.',
        stopReason: 'end_turn',
        rawStopReason: 'eos_token',
        usage: counts(undefined, 4),
      },
      expectedOfStream: { usage: counts(6, 4) },
    },
    {
      name: 'length, temperature 0 and limits that TGI refuses',
      prompt: 'Weather?',
      options: { temperature: 0, maxNewTokens: 3, topP: 1, topK: 0 },
      request: (stream) => ({
        inputs: 'Weather?',
        parameters: { max_new_tokens: 3, do_sample: false, details: true, return_full_text: false },
        stream,
      }),
      whole: whole('It’s sunny ☀️.', 'length', 3),
      stream: events(...tokens.slice(0, 2), token(3, ' ☀️.', { generated: 'It’s sunny ☀️.', reason: 'length' })),
      expected: {
        text: 'It’s sunny ☀️.',
        stopReason: 'max_tokens',
        rawStopReason: 'length',
        usage: counts(undefined, 3),
      },
      expectedOfStream: { usage: counts(6, 3) },
    },
    {
      name: 'stop string, which TGI leaves in the text',
      prompt: 'Weather?',
      options: { stopSequences: ['###', '.'] },
      request: (stream) => ({
        inputs: 'Weather?',
        parameters: {
          max_new_tokens: 512,
          temperature: 0.1,
          do_sample: true,
          stop: ['###', '.'],
          details: true,
          return_full_text: false,
        },
        stream,
      }),
      whole: whole('It’s # sunny###', 'stop_sequence', 5),
      stream: events(
        token(1, 'It’s'),
        token(2, ' #'),
        token(3, ' sunny'),
        token(4, '##'),
        token(5, '#', { generated: 'It’s # sunny###', reason: 'stop_sequence' }),
      ),
      expected: {
        text: 'It’s # sunny',
        stopReason: 'stop_sequence',
        rawStopReason: 'stop_sequence',
        usage: counts(undefined, 5),
      },
      expectedOfStream: { usage: counts(6, 5) },
    },
    {
      name: 'reasoning between tags',
      prompt: 'Weather?',
      options: { reasoning: 'split' },
      whole: whole('<think>\nLook outside.\n</think>\n\nSunny.', 'eos_token', 9),
      stream: events(
        token(1, '<think>'),
        token(2, '\nLook'),
        token(3, ' outside.\n'),
        token(4, '</think>'),
        token(5, '\n\nSunny.'),
        token(6, '</s>', { generated: '…', reason: 'eos_token', special: true }),
      ),
      expected: {
        text: 'Sunny.',
        reasoning: 'Look outside.',
        stopReason: 'end_turn',
        rawStopReason: 'eos_token',
        usage: counts(undefined, 9),
      },
      expectedOfStream: { usage: counts(6, 6) },
    },
    {
      name: 'JSON by grammar',
      prompt: 'Weather?',
      options: { responseFormat: { type: 'json', schema: { type: 'object', required: ['sky'] } } },
      request: (stream) => ({
        inputs: 'Weather?',
        parameters: {
          max_new_tokens: 512,
          temperature: 0.1,
          do_sample: true,
          details: true,
          return_full_text: false,
          grammar: { type: 'json', value: { type: 'object', required: ['sky'] } },
        },
        stream,
      }),
      whole: whole('{"sky":"blue"}', 'eos_token', 5),
      stream: events(token(1, '{"sky":'), token(2, '"blue"}', { generated: '{"sky":"blue"}', reason: 'eos_token' })),
      expected: {
        text: '{"sky":"blue"}',
        stopReason: 'end_turn',
        rawStopReason: 'eos_token',
        usage: counts(undefined, 5),
      },
      expectedOfStream: { usage: counts(6, 2) },
    },
    {
      name: 'error before the answer',
      prompt: 'Weather?',
      status: 422,
      whole: { error: 'Input validation error: `top_p` must be > 0.0 and < 1.0', error_type: 'validation' },
      stream: events({ error: 'Input validation error: `top_p` must be > 0.0 and < 1.0', error_type: 'validation' }),
      error: { code: 'invalid-request' },
    },
    {
      name: 'overloaded',
      prompt: 'Weather?',
      options: { retry: { maxAttempts: 1 } },
      status: 429,
      whole: { error: 'Model is overloaded', error_type: 'overloaded' },
      stream: events({ error: 'Model is overloaded', error_type: 'overloaded' }),
      error: { code: 'throttled' },
    },
    {
      name: 'context too long',
      prompt: 'Weather?',
      status: 422,
      whole: {
        error: 'Input validation error: `inputs` must have less than 4096 tokens. Given: 5000',
        error_type: 'validation',
      },
      error: { code: 'context-length-exceeded' },
    },
    {
      name: 'error in the middle',
      prompt: 'Weather?',
      stream: events(...tokens, {
        error: 'Request failed during generation: Server error: CUDA out of memory',
        error_type: 'generation',
      }),
      errorOfStream: { code: 'model-error', partialText: 'It’s sunny ☀️.' },
    },
    {
      name: 'truncation',
      prompt: 'Weather?',
      stream: events(...tokens),
      errorOfStream: { code: 'stream-interrupted', partialText: 'It’s sunny ☀️.' },
    },
  ],
}

export const tgiOld: ContainerFixture = {
  name: 'TGI 1.1, no space after data:, no index, no details',
  handler: tgi(),
  cases: [
    {
      name: 'stop',
      prompt: 'Weather?',
      whole: [{ generated_text: 'A rabbit.' }],
      stream:
        ':\n\ndata:{"token":{"id":1,"text":"A rabbit","logprob":-0.6,"special":false},"generated_text":null,"details":null}\n\n' +
        'data:{"token":{"id":2,"text":".","logprob":-0.6,"special":false},"generated_text":"A rabbit.","details":null}\n\n',
      expected: { text: 'A rabbit.', stopReason: 'end_turn', rawStopReason: undefined, usage: undefined },
    },
  ],
}

import { lmi } from '../../handlers/lmi.ts'
import { counts, events, lines, type ContainerFixture, type FixtureCase } from '../container-fixture.ts'

const pieces = ['Deep ', 'Learning', ' is', ' a field 🌾.']
const text = pieces.join('')

function token(piece: string, id = 304): object {
  return { token: { id, text: piece, log_prob: -0.05 } }
}

function details(reason: string | null, generatedTokens: number | null): object {
  return { finish_reason: reason, generated_tokens: generatedTokens, inputs: 'What is Deep Learning?' }
}

function last(piece: string, reason: string): object {
  return { ...token(piece), generated_text: text, details: details(reason, 4) }
}

const firstTokens = pieces.slice(0, 3).map((piece) => token(piece))
const failed = { id: -1, text: '', log_prob: -1, special_token: true }

function rollingCases(framed: (...values: readonly unknown[]) => string): readonly FixtureCase[] {
  const prompt = 'What is Deep Learning?'
  return [
    {
      name: 'stop, and both names for stop strings',
      prompt,
      options: { temperature: 0.7, maxNewTokens: 256, topP: 0.9, stopSequences: ['\n\n'] },
      request: (stream) => ({
        inputs: prompt,
        parameters: {
          max_new_tokens: 256,
          temperature: 0.7,
          do_sample: true,
          top_p: 0.9,
          stop: ['\n\n'],
          stop_sequences: ['\n\n'],
          details: true,
          return_full_text: false,
        },
        stream,
      }),
      whole: { generated_text: text, details: { ...details('eos_token', 4), tokens: [] } },
      stream: framed(...firstTokens, last(pieces[3] ?? '', 'eos_token')),
      expected: { text, stopReason: 'end_turn', rawStopReason: 'eos_token', usage: counts(undefined, 4) },
    },
    {
      name: 'stop string',
      prompt,
      options: { stopSequences: ['field'] },
      whole: { generated_text: 'Deep Learning is a ', details: { ...details('stop_sequence', 4), tokens: [] } },
      stream: framed(...firstTokens, { ...last(' a ', 'stop_sequence'), generated_text: 'Deep Learning is a ' }),
      expected: {
        text: 'Deep Learning is a ',
        stopReason: 'stop_sequence',
        rawStopReason: 'stop_sequence',
        usage: counts(undefined, 4),
      },
    },
    {
      name: 'reasoning between tags',
      prompt,
      options: { reasoning: 'split' },
      whole: { generated_text: '<think>Hm.</think>A field.', details: details('eos_token', 4) },
      stream: framed(token('<think>Hm'), token('.</think>A '), { ...last('field.', 'eos_token'), generated_text: '…' }),
      expected: {
        text: 'A field.',
        reasoning: 'Hm.',
        stopReason: 'end_turn',
        rawStopReason: 'eos_token',
        usage: counts(undefined, 4),
      },
    },
    {
      name: 'length',
      prompt,
      options: { temperature: 0 },
      request: (stream) => ({
        inputs: prompt,
        parameters: { max_new_tokens: 512, do_sample: false, details: true, return_full_text: false },
        stream,
      }),
      whole: { generated_text: text, details: { ...details('length', 4), tokens: [] } },
      stream: framed(...firstTokens, last(pieces[3] ?? '', 'length')),
      expected: { text, stopReason: 'max_tokens', rawStopReason: 'length', usage: counts(undefined, 4) },
    },
    {
      name: 'without details',
      prompt,
      whole: { generated_text: text },
      stream: framed(...firstTokens, { ...token(pieces[3] ?? ''), generated_text: text }),
      expected: { text, stopReason: 'end_turn', rawStopReason: undefined, usage: undefined },
    },
    {
      name: 'the text at the end alone, after tokens without text',
      prompt,
      stream: framed({ token: { id: 2, text: '</s>', special_token: true }, generated_text: text }),
      expected: { text, stopReason: 'end_turn', rawStopReason: undefined, usage: undefined },
    },
    {
      name: 'a failure as finish reason',
      prompt,
      whole: { generated_text: '', details: { ...details('error', null), tokens: null } },
      stream: framed(token('Deep '), { token: failed, generated_text: '', details: details('error', null) }),
      error: { code: 'model-error' },
      errorOfStream: { code: 'model-error', partialText: 'Deep ' },
    },
    {
      name: 'error before the answer',
      prompt,
      status: 424,
      whole: { error: 'Input parsing failed: max_new_tokens', code: 424 },
      stream: framed({ error: 'Input parsing failed: max_new_tokens', code: 424 }),
      error: { code: 'model-error' },
    },
    {
      name: 'an error of the front end in the middle, without a line end',
      prompt,
      stream: framed(...firstTokens) + '{"code":424,"error":"Batch inference failed"}',
      errorOfStream: { code: 'model-error', partialText: 'Deep Learning is' },
    },
    {
      name: 'truncation',
      prompt,
      stream: framed(...firstTokens),
      errorOfStream: { code: 'stream-interrupted', partialText: 'Deep Learning is' },
    },
  ]
}

export const lmiRolling: ContainerFixture = { name: 'LMI rolling batch', handler: lmi(), cases: rollingCases(lines) }

export const lmiRollingEvents: ContainerFixture = {
  name: 'LMI rolling batch as server-sent events',
  handler: lmi(),
  cases: rollingCases(events),
}

function asyncToken(piece: string, end?: { reason: string | null; generatedTokens: number }): object {
  return {
    index: 0,
    token: { id: 13, text: piece, logprob: -0.1 },
    generated_text: end ? text : null,
    details: end
      ? { finish_reason: end.reason, seed: null, generated_tokens: end.generatedTokens, input_length: 6 }
      : null,
  }
}

const asyncTokens = pieces.slice(0, 3).map((piece) => asyncToken(piece))

export const lmiAsync: ContainerFixture = {
  name: 'LMI async',
  handler: lmi({ adapters: 'german' }),
  cases: [
    {
      name: 'stop, with one token too many in the count of the stream',
      prompt: 'What?',
      request: (stream) => ({
        inputs: 'What?',
        adapters: 'german',
        parameters: { max_new_tokens: 512, temperature: 0.1, do_sample: true, details: true, return_full_text: false },
        stream,
      }),
      whole: { generated_text: text, details: { finish_reason: null, generated_tokens: 4, seed: null, tokens: [] } },
      stream: lines(...asyncTokens, asyncToken(pieces[3] ?? '', { reason: 'stop', generatedTokens: 5 })) + '\n\n',
      expected: { text, stopReason: 'end_turn', rawStopReason: undefined, usage: counts(undefined, 4) },
      expectedOfStream: { rawStopReason: 'stop', usage: counts(6, 4) },
    },
    {
      name: 'length, which a whole answer does not say',
      prompt: 'What?',
      options: { maxNewTokens: 4 },
      whole: { generated_text: text, details: { finish_reason: null, generated_tokens: 4, seed: null, tokens: [] } },
      stream: lines(...asyncTokens, asyncToken(pieces[3] ?? '', { reason: 'length', generatedTokens: 5 })) + '\n\n',
      expected: { text, stopReason: 'max_tokens', rawStopReason: undefined, usage: counts(undefined, 4) },
      expectedOfStream: { rawStopReason: 'length', usage: counts(6, 4) },
    },
    {
      name: 'a stop string as the reason',
      prompt: 'What?',
      options: { stopSequences: ['###'] },
      whole: { generated_text: text, details: { finish_reason: '###', generated_tokens: 5, seed: null, tokens: [] } },
      expected: { text, stopReason: 'stop_sequence', rawStopReason: '###', usage: counts(undefined, 5) },
    },
    {
      name: 'an error that is written as Python prints it',
      prompt: 'What?',
      status: 500,
      whole: {
        code: 500,
        error: "error=ErrorInfo(message='max_tokens must be at least 1', type='BadRequestError', param=None, code=400)",
      },
      stream: lines({ error: { message: 'max_tokens must be at least 1', type: 'BadRequestError', code: 400 } }),
      error: { code: 'invalid-request' },
    },
    {
      name: 'truncation',
      prompt: 'What?',
      stream: lines(...asyncTokens),
      errorOfStream: { code: 'stream-interrupted', partialText: 'Deep Learning is' },
    },
  ],
}

export const lmiOutputs: ContainerFixture = {
  name: 'LMI 0.23 to 0.25 and dynamic batch',
  handler: lmi(),
  marksItsEnd: false,
  cases: [
    {
      name: 'stop',
      prompt: 'What?',
      whole: [{ generated_text: text }],
      stream: lines(...pieces.map((piece) => ({ outputs: [piece] }))),
      expected: { text, stopReason: 'end_turn', rawStopReason: undefined, usage: undefined },
    },
  ],
}

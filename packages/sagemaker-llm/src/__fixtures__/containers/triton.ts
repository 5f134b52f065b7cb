import { triton } from '../../handlers/triton.ts'
import { events, type ContainerFixture } from '../container-fixture.ts'

const silentEnd = { stopReason: 'end_turn', rawStopReason: undefined, usage: undefined } as const
const prompt = 'What is Triton?'

function output(text: string): object {
  return { model_name: 'ensemble', model_version: '1', text_output: text }
}

export const tritonGenerate: ContainerFixture = {
  name: 'Triton generate',
  handler: triton(),
  marksItsEnd: false,
  cases: [
    {
      name: 'stop',
      prompt,
      options: { maxNewTokens: 20, temperature: 0, topK: 1, seed: 9, stopSequences: ['\n'] },
      request: (stream) => ({
        text_input: prompt,
        max_tokens: 20,
        temperature: 0,
        top_k: 1,
        random_seed: 9,
        stop_words: ['\n'],
        stream,
      }),
      whole: output('Triton is a sërver.'),
      stream: events(output('Triton'), output(' is a sërver.')),
      expected: { text: 'Triton is a sërver.', ...silentEnd },
    },
    {
      name: 'an echo of the prompt, in pieces',
      prompt,
      whole: output('What is Triton? A server.'),
      stream: events(output('What is '), output('Triton? A'), output(' server.')),
      expected: { text: ' A server.', ...silentEnd },
    },
    {
      name: 'error before the answer',
      prompt,
      status: 400,
      whole: { error: "input 'max_tokens' is missing" },
      stream: events({ error: "input 'max_tokens' is missing" }),
      error: { code: 'invalid-request' },
      errorOfStream: { code: 'model-error' },
    },
    {
      name: 'error in the middle',
      prompt,
      stream: events(output('Triton'), { error: 'CUDA out of memory' }),
      errorOfStream: { code: 'model-error', partialText: 'Triton' },
    },
  ],
}

export const tritonCumulative: ContainerFixture = {
  name: 'Triton with all text so far in each event',
  handler: triton({ streamText: 'cumulative' }),
  marksItsEnd: false,
  cases: [
    {
      name: 'stop',
      prompt,
      stream: events(output('Triton'), output('Triton is'), output('Triton is a server.')),
      expected: { text: 'Triton is a server.', ...silentEnd },
      autoReads: false,
    },
  ],
}

export const tritonInfer: ContainerFixture = {
  name: 'Triton infer',
  handler: triton({ inferenceType: 'infer' }),
  marksItsEnd: false,
  cases: [
    {
      name: 'stop',
      prompt,
      options: { maxNewTokens: 20, stopSequences: ['\n', '##'], additionalParameters: { sequence_id: 5 } },
      request: (stream) => ({
        inputs: [
          { name: 'text_input', datatype: 'BYTES', shape: [1, 1], data: [prompt] },
          { name: 'max_tokens', datatype: 'INT32', shape: [1, 1], data: [20] },
          { name: 'temperature', datatype: 'FP32', shape: [1, 1], data: [0.1] },
          { name: 'stop_words', datatype: 'BYTES', shape: [1, 2], data: ['\n', '##'] },
          { name: 'stream', datatype: 'BOOL', shape: [1, 1], data: [stream] },
        ],
        parameters: { sequence_id: 5 },
      }),
      whole: {
        model_name: 'ensemble',
        outputs: [
          { name: 'cum_log_probs', datatype: 'FP32', shape: [1], data: [0.5] },
          { name: 'text_output', datatype: 'BYTES', shape: [1], data: ['A server.'] },
        ],
      },
      expected: { text: 'A server.', ...silentEnd },
    },
  ],
}

import { ai21 } from '../../handlers/ai21.ts'
import { bedrockCompat } from '../../handlers/bedrock-compat.ts'
import { huggingface } from '../../handlers/huggingface.ts'
import { jumpstartLlama2 } from '../../handlers/jumpstart-llama2.ts'
import { jumpstartText2Text } from '../../handlers/jumpstart-text2text.ts'
import { counts, events, lines, openaiQuestion, question, type ContainerFixture } from '../container-fixture.ts'

const silentEnd = { stopReason: 'end_turn', rawStopReason: undefined, usage: undefined } as const
const prompt = 'Once upon a time'

export const huggingfaceToolkit: ContainerFixture = {
  name: 'Hugging Face toolkit',
  handler: huggingface(),
  cases: [
    {
      name: 'stop',
      prompt,
      options: { temperature: 0.7, maxNewTokens: 20, topP: 0.9 },
      request: () => ({
        inputs: prompt,
        parameters: { max_new_tokens: 20, temperature: 0.7, do_sample: true, top_p: 0.9, return_full_text: false },
      }),
      whole: [{ generated_text: ' there was a “king”' }],
      stream: '[{"generated_text":" there was a “king”"}]',
      expected: { text: ' there was a “king”', ...silentEnd },
    },
    {
      name: 'an echo of the prompt is taken away',
      prompt,
      whole: [{ generated_text: 'Once upon a time there was a king' }],
      stream: '[{"generated_text":"Once upon a time there was a king"}]',
      expected: { text: ' there was a king', ...silentEnd },
    },
    {
      name: 'a text that only begins like the prompt is not cut',
      prompt,
      whole: [{ generated_text: 'Once upon a tide there was a king' }],
      expected: { text: 'Once upon a tide there was a king', ...silentEnd },
    },
    {
      name: 'a stop string, cut here because the toolkit has none',
      prompt,
      options: { stopSequences: ['king'] },
      whole: [{ generated_text: ' there was a king and a queen' }],
      stream: '[{"generated_text":" there was a king and a queen"}]',
      expected: { text: ' there was a ', ...silentEnd, stopReason: 'stop_sequence' },
    },
    {
      name: 'a conversation, answered with all of it',
      messages: question,
      request: () => ({
        inputs: openaiQuestion,
        parameters: { max_new_tokens: 512, temperature: 0.1, do_sample: true, return_full_text: false },
      }),
      whole: [{ generated_text: [...openaiQuestion, { role: 'assistant', content: 'Sunny.' }] }],
      expected: { text: 'Sunny.', ...silentEnd },
    },
    {
      name: 'a batch of one, a summary, a translation',
      prompt,
      whole: [[{ generated_text: ' there' }]],
      stream: '[{"summary_text":" there"}]',
      expected: { text: ' there', ...silentEnd },
    },
    {
      name: 'error before the answer',
      prompt,
      status: 400,
      whole: { code: 400, type: 'InternalServerException', message: 'Unknown task foo' },
      stream: '{"code":400,"type":"InternalServerException","message":"Unknown task foo"}',
      error: { code: 'invalid-request' },
    },
    {
      name: 'truncation',
      prompt,
      stream: '[{"generated_text":" there was a ki',
      errorOfStream: { code: 'stream-interrupted' },
    },
  ],
}

export const jumpstartLlama: ContainerFixture = {
  name: 'JumpStart Llama 2',
  handler: jumpstartLlama2({ acceptEula: true }),
  cases: [
    {
      name: 'stop',
      messages: question,
      options: { topP: 0.9, temperature: 0.6, maxNewTokens: 256 },
      request: () => ({
        inputs: [openaiQuestion],
        parameters: { max_new_tokens: 256, temperature: 0.6, top_p: 0.9 },
      }),
      whole: [{ generation: { role: 'assistant', content: 'Egg yolk & oil.' } }],
      stream: '[{"generation":{"role":"assistant","content":"Egg yolk & oil."}}]',
      expected: { text: 'Egg yolk & oil.', ...silentEnd },
    },
    {
      name: 'a prompt',
      prompt,
      request: () => ({ inputs: prompt, parameters: { max_new_tokens: 512, temperature: 0.1 } }),
      whole: [{ generation: ' there' }],
      stream: '[{"generation":" there"}]',
      expected: { text: ' there', ...silentEnd },
    },
    {
      name: 'the licence is not accepted',
      messages: question,
      status: 424,
      whole: {
        code: 424,
        message: 'invoke handler failure',
        error: "Need to pass custom_attributes='accept_eula=true' as part of header.",
      },
      error: { code: 'eula-not-accepted' },
    },
  ],
}

export const jumpstartScript: ContainerFixture = {
  name: 'JumpStart text2text',
  handler: jumpstartText2Text(),
  cases: [
    {
      name: 'stop',
      prompt: 'Translate to German: My name is Arthur',
      options: { maxNewTokens: 50, topK: 50, topP: 0.95, seed: 1, temperature: 0 },
      request: () => ({
        text_inputs: 'Translate to German: My name is Arthur',
        max_length: 50,
        do_sample: false,
        top_k: 50,
        top_p: 0.95,
        seed: 1,
      }),
      whole: { generated_texts: ['Ich heiße Arthur.', 'Mein Name ist Arthur.'] },
      stream: '{"generated_texts":["Ich heiße Arthur.","Mein Name ist Arthur."]}',
      expected: { text: 'Ich heiße Arthur.', ...silentEnd },
    },
    {
      name: 'GPT-J, with an echo',
      prompt,
      whole: [[{ generated_text: 'Once upon a time there' }]],
      stream: '{"generated_text":"Once upon a time there"}',
      expected: { text: ' there', ...silentEnd },
    },
  ],
}

function jurassic(reason: string): object {
  return {
    id: '1',
    prompt: { text: 'To be, or', tokens: [{}, {}, {}] },
    completions: [{ data: { text: ' not to be', tokens: [{}, {}, {}, {}] }, finishReason: { reason } }],
  }
}

export const ai21Jurassic: ContainerFixture = {
  name: 'AI21 Jurassic-2',
  handler: ai21(),
  cases: [
    {
      name: 'stop',
      prompt: 'To be, or',
      options: { maxNewTokens: 4, temperature: 0.7, topP: 1, stopSequences: ['##'] },
      request: () => ({
        prompt: 'To be, or',
        numResults: 1,
        maxTokens: 4,
        temperature: 0.7,
        topP: 1,
        stopSequences: ['##'],
      }),
      whole: jurassic('endoftext'),
      stream: JSON.stringify(jurassic('endoftext'), undefined, 2),
      expected: { text: ' not to be', stopReason: 'end_turn', rawStopReason: 'endoftext', usage: counts(3, 4) },
    },
    {
      name: 'length',
      prompt: 'To be, or',
      whole: jurassic('length'),
      stream: JSON.stringify(jurassic('length')),
      expected: { text: ' not to be', stopReason: 'max_tokens', rawStopReason: 'length', usage: counts(3, 4) },
    },
    {
      name: 'stop string, which is what stop means there',
      prompt: 'To be, or',
      whole: jurassic('stop'),
      stream: JSON.stringify(jurassic('stop')),
      expected: { text: ' not to be', stopReason: 'stop_sequence', rawStopReason: 'stop', usage: counts(3, 4) },
    },
  ],
}

export const bedrockCompatible: ContainerFixture = {
  name: 'LMI Bedrock-compatible',
  handler: bedrockCompat(),
  cases: [
    {
      name: 'stop',
      prompt,
      options: { maxNewTokens: 5, topP: 0.9 },
      request: () => ({ prompt, max_gen_len: 5, temperature: 0.1, top_p: 0.9 }),
      whole: {
        body: { generation: ' there', prompt_token_count: 4, generation_token_count: 1, stop_reason: 'stop' },
        metering: {},
        content_type: 'application/json',
      },
      stream: lines(
        { generation: ' the', prompt_token_count: 4, generation_token_count: null, stop_reason: null },
        { generation: 're', prompt_token_count: null, generation_token_count: 1, stop_reason: 'stop' },
      ),
      expected: { text: ' there', stopReason: 'end_turn', rawStopReason: 'stop', usage: counts(4, 1) },
    },
    {
      name: 'length',
      prompt,
      whole: { generation: ' there', prompt_token_count: 4, generation_token_count: 1, stop_reason: 'length' },
      stream: events({ generation: ' there', prompt_token_count: 4, generation_token_count: 1, stop_reason: 'length' }),
      expected: { text: ' there', stopReason: 'max_tokens', rawStopReason: 'length', usage: counts(4, 1) },
    },
    {
      name: 'truncation',
      prompt,
      stream: lines({ generation: ' the', prompt_token_count: 4, generation_token_count: null, stop_reason: null }),
      errorOfStream: { code: 'stream-interrupted', partialText: ' the' },
    },
  ],
}

import { done, json, type JsonValue } from './json-value.ts'
import { type Scenario, scenario } from './scenario.ts'

const tgi = (index: number, text: string, more: object = {}) => ({
  index,
  token: { id: 300 + index, text, logprob: -0.25, special: false },
  generated_text: null,
  details: null,
  ...more,
})
const lmi = (text: string, more: object = {}) => ({ token: { id: 304, text, log_prob: -0.05 }, ...more })
const chat = (delta: object, finishReason: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_790_000_000,
  model: 'm',
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
})

const event = (value: object, prefix = 'data: '): string => `${prefix}${JSON.stringify(value)}\n\n`
const line = (value: object): string => `${JSON.stringify(value)}\n`

const tgiEnd = tgi(3, ' n', {
  generated_text: ': Let n',
  details: { finish_reason: 'length', generated_tokens: 3, seed: null, input_length: 6 },
})
const tgiTokens = [tgi(1, ':'), tgi(2, ' Let'), tgiEnd]
const lmiTokens = [
  lmi('Deep '),
  lmi(' Learning', { generated_text: 'Deep Learning', details: { finish_reason: 'length' } }),
]
const chatChunks = [chat({ role: 'assistant', content: '' }), chat({ content: 'Hé' }), chat({}, 'stop')]
const usage = { id: 'chatcmpl-1', object: 'chat.completion.chunk', choices: [], usage: { total_tokens: 5 } }

/** What containers behind SageMaker endpoints send, and how it arrives. Texts and figures are made up, the shapes are theirs. */
export const jsonContainerScenarios: readonly Scenario<JsonValue>[] = [
  scenario(
    'TGI since 2.2: events',
    tgiTokens.map((token) => event(token)),
    tgiTokens.map(json),
  ),
  scenario(
    'TGI until 2.1: no space after the colon',
    [tgiTokens.map((token) => event(token, 'data:')).join('')],
    tgiTokens.map(json),
  ),
  scenario(
    'TGI: keep-alive comments',
    [event(tgiTokens[0] ?? {}), ':\n', '\n', event(tgiEnd)],
    [json(tgiTokens[0]), json(tgiEnd)],
  ),
  scenario(
    'TGI: an error as an event, after tokens',
    [event(tgi(1, 'a')), event({ error: 'Request failed during generation', error_type: 'generation' })],
    [json(tgi(1, 'a')), json({ error: 'Request failed during generation', error_type: 'generation' })],
  ),
  scenario(
    'TGI: a token that is no text is a value like others',
    [event({ index: 1, token: { id: 128_009, text: '<|eot_id|>', special: true }, generated_text: 'a' })],
    [json({ index: 1, token: { id: 128_009, text: '<|eot_id|>', special: true }, generated_text: 'a' })],
  ),
  scenario(
    'TGI: a whole answer, not streamed',
    ['[{"generated_text":"a', '\\nb"}]'],
    [json([{ generated_text: 'a\nb' }])],
  ),
  scenario('LMI: JSON lines', [lmiTokens.map(line).join('')], lmiTokens.map(json)),
  scenario(
    'LMI: several lines in one part, a part of one byte',
    ['{"token":{"id":1', '}', '}\n{"token":{"id":2}}\n{"tok', 'en":{"id":3}}'],
    [1, 2, 3].map((id) => json({ token: { id } })),
  ),
  scenario(
    'LMI: an error as a token, then nothing more',
    [line(lmi('Deep ')), '{"token":{"id":-1,"text":"","special_token":true},"details":{"finish_reason":"error"}}\n'],
    [
      json(lmi('Deep ')),
      json({ token: { id: -1, text: '', special_token: true }, details: { finish_reason: 'error' } }),
    ],
  ),
  scenario(
    'LMI: an error of the front end, appended without a line end',
    [line(lmi('Deep ')), '{"code":424,"error":"prediction failure"}'],
    [json(lmi('Deep ')), json({ code: 424, error: 'prediction failure' })],
  ),
  scenario(
    'LMI: the error cuts a line',
    ['{"token":{"id":1}}\n{"token":{"id"', '{"code":424,"error":"x"}'],
    [json({ token: { id: 1 } })],
    {
      error: { code: 'invalid-json', byteOffset: 19, lineNumber: 2 },
    },
  ),
  scenario(
    'LMI 0.23: tokens in an array',
    ['{"outputs": ["a"]}\n{"outputs": [" b"]}\n'],
    [json({ outputs: ['a'] }), json({ outputs: [' b'] })],
  ),
  scenario(
    'LMI until 0.28: one document in pieces',
    ['{"generated_text": "', 'Deep', ' Learning', '"}'],
    [json({ generated_text: 'Deep Learning' })],
  ),
  scenario(
    'LMI asynchronous: chat chunks as lines, blank lines at the end',
    [chatChunks.map(line).join(''), '\n', '\n'],
    chatChunks.map(json),
  ),
  scenario(
    'vLLM: chat chunks, usage, [DONE]',
    [...[...chatChunks, usage].map((chunk) => event(chunk)), 'data: [DONE]\n\n'],
    [...[...chatChunks, usage].map(json), done],
  ),
  scenario(
    'vLLM: an error within the stream',
    [event(chat({ content: 'a' })), event({ error: { message: 'x', code: 500 } }), 'data: [DONE]\n\n'],
    [json(chat({ content: 'a' })), json({ error: { message: 'x', code: 500 } }), done],
  ),
  scenario(
    'vLLM: a character cut by the parts',
    ['data: {"choices":[{"text":"', [0xe6, 0x97], [0xa5, 0xe6], [0x9c, 0xac], '"}]}\n\n'],
    [json({ choices: [{ text: '日本' }] })],
  ),
  scenario(
    'SGLang, NIM, Nova: one event in many parts',
    ['data: {"choi', 'ces":[]', ',"usage":{}', '}\n', '\ndata: [DONE]', '\n\n'],
    [json({ choices: [], usage: {} }), done],
  ),
  scenario(
    'Cohere: objects without line ends',
    ['{"is_finished":false,"text":"a"}{"is_finished":false,"text":" b"}', '{"is_finished":true}'],
    [json({ is_finished: false, text: 'a' }), json({ is_finished: false, text: ' b' }), json({ is_finished: true })],
  ),
  scenario(
    'Triton: events with a whole document each',
    [event({ text_output: 'Tri' }), event({ text_output: 'ton' })],
    [json({ text_output: 'Tri' }), json({ text_output: 'ton' })],
  ),
  scenario(
    'Hugging Face toolkit: a whole answer',
    ['[{"generated_text":"The capital is Paris"}]'],
    [json([{ generated_text: 'The capital is Paris' }])],
  ),
  scenario(
    'embeddings: one long line of numbers',
    ['[[0.1,-0.25,1e-', '7],[3.', '5,0,-1]]'],
    [
      json([
        [0.1, -0.25, 1e-7],
        [3.5, 0, -1],
      ]),
    ],
  ),
  scenario(
    'a proxy answers for the container',
    ['<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n'],
    [],
    { error: { code: 'invalid-json', byteOffset: 0, lineNumber: 1 } },
  ),
]

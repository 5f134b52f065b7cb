import { events } from '../container-fixture.ts'
import { delta, message, type ReportedAnswers } from './reported-answer.ts'

const done = 'data: [DONE]\n\n'

export const endings: ReportedAnswers = {
  'a finish reason of null as text': {
    values: [delta({ content: 'Hi' }, 'null'), delta({ content: '!' }, 'stop')],
    expected: { text: 'Hi!', rawStopReason: 'stop' },
  },
  "the model's own length, whole": {
    whole: message({ content: 'cut' }, 'model_length'),
    expected: { text: 'cut', stopReason: 'model_context_window_exceeded', rawStopReason: 'model_length' },
  },
  'a finish reason of the prototype': {
    whole: message({ content: 'Hi' }, 'constructor'),
    expected: { stopReason: 'end_turn', rawStopReason: 'constructor' },
  },
  ...Object.fromEntries(
    ['cancelled', 'insufficient_system_resource', 'failed', 'abort'].flatMap((word) => [
      [`${word}, whole`, { whole: message({ content: 'cut' }, word), expected: { code: 'model-error' } }],
      [
        `${word}, streamed`,
        { values: [delta({ content: 'cut' }), delta({}, word)], expected: { code: 'model-error' } },
      ],
    ]),
  ),
  'a failure that is no chunk, then [DONE]': {
    values: [delta({ content: 'Hi' }), { text: 'NETWORK ERROR (CUDA out of memory)', error_code: 50_002 }],
    expected: { code: 'model-error' },
  },
  "FastAPI's failure within a stream": {
    values: [delta({ content: 'Hi' }), { detail: 'Internal Server Error' }],
    expected: { code: 'invalid-request' },
  },
  'an object of no known meaning, and no finish reason': {
    values: [delta({ content: 'Hi' }), { status: 'worker lost' }],
    expected: { code: 'stream-interrupted' },
  },
  'text in place of a chunk, and no finish reason': {
    values: [delta({ content: 'Hi' }), 'NETWORK ERROR'].map((value) => (typeof value === 'string' ? [value] : value)),
    expected: { code: 'stream-interrupted' },
  },
  'an object of no known meaning before the finish reason': {
    values: [{ type: 'ping' }, delta({ content: 'Hi' }), { status: 'working' }, delta({}, 'stop')],
    expected: { text: 'Hi', stopReason: 'end_turn' },
  },
  'an event of type error': {
    text: `${events(delta({ content: 'Hi' }))}event: error\ndata: {"message":"Engine loop died","type":"InternalServerError"}\n\n${done}`,
    expected: { code: 'model-error' },
  },
  'an event of type error whose words say more': {
    text: `${events(delta({ content: 'Hi' }))}event: error\ndata: maximum context length is 4096 tokens\n\n${done}`,
    expected: { code: 'context-length-exceeded' },
  },
  "llama.cpp's field for errors": {
    text: `error: {"code":400,"message":"the request exceeds the available context size.","type":"invalid_request_error"}\n\n${done}`,
    expected: { code: 'context-length-exceeded' },
  },
  "llama.cpp's field for errors, later": {
    text: `${events(delta({ content: 'Hi' }))}error: {"code":500,"message":"decode failed","type":"server_error"}\n\n${done}`,
    expected: { code: 'model-error' },
  },
  'no end after [DONE], but more': {
    text: `${events(delta({ content: 'Hi' }, 'stop'))}${done}data: {"error":{"message":"late"}}\n\n<html>`,
    expected: { text: 'Hi', stopReason: 'end_turn' },
  },
  'a finish reason in every chunk': {
    values: [
      delta({ reasoning_content: 'Hm' }, 'stop'),
      delta({ content: 'Four' }, 'stop'),
      delta({ content: '.' }, 'length'),
    ],
    expected: { text: 'Four.', reasoning: 'Hm', stopReason: 'max_tokens' },
  },
  'an early finish reason, and no end': {
    text: events(delta({ reasoning_content: 'Hm' }, 'stop'), delta({ content: 'Fo' })),
    expected: { code: 'stream-interrupted' },
  },
  'an empty error beside a good answer': {
    whole: { ...message({ content: 'Hi' }), error: {} },
    expected: { text: 'Hi', stopReason: 'end_turn' },
  },
  'an error without content beside a good answer, streamed': {
    values: [
      { ...delta({ content: 'Hi' }), error: null },
      { ...delta({}, 'stop'), error: { code: null, message: '' } },
    ],
    expected: { text: 'Hi', stopReason: 'end_turn' },
  },
  "LMI's error in its Bedrock mode": {
    whole: {
      body: { generation: null, prompt_token_count: null, generation_token_count: null, stop_reason: 'error' },
      metering: {},
      error: { error_code: 400, error_msg: 'max_gen_len too large' },
    },
    expected: { code: 'invalid-request' },
  },
  'the word error in the Bedrock mode': {
    whole: { generation: 'Hi', prompt_token_count: 1, generation_token_count: 1, stop_reason: 'error' },
    expected: { code: 'model-error' },
  },
  "an object of no known meaning within Triton's stream": {
    values: [{ text_output: 'Hi' }, { worker: 'lost' }],
    expected: { code: 'stream-interrupted' },
  },
}

import { describe, expect, test } from 'vitest'
import { type ContainerErrorKind, parseContainerError, parseContainerErrorText } from './container-error.ts'

type Row = readonly [value: unknown, message: string, status: number | undefined, kind: ContainerErrorKind]

const tgiTooLong = 'Input validation error: `inputs` must have less than 4096 tokens. Given: 5000'
const tgiTooMany =
  'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens and 200 `max_new_tokens`'
const vllmTooLong = "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."
const llamaTooLong = 'request (13392 tokens) exceeds the available context size (8192 tokens), try increasing it'
const needsEula = "Need to pass custom_attributes='accept_eula=true' as part of header."

const rows: readonly Row[] = [
  // vLLM, SGLang, NIM, llama.cpp
  [{ error: { message: 'bad', type: 'BadRequestError', param: null, code: 400 } }, 'bad', 400, 'validation'],
  [{ error: { message: vllmTooLong, type: 'BadRequestError', code: 400 } }, vllmTooLong, 400, 'context-length'],
  [
    { error: { message: 'Internal server error', type: 'InternalServerError', code: 500 } },
    'Internal server error',
    500,
    'model',
  ],
  [
    { error: { message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 } },
    'The model `x` does not exist.',
    404,
    'not-found',
  ],
  [{ error: { message: 'wait', type: 'rate_limit_exceeded' } }, 'wait', undefined, 'overloaded'],
  [
    { error: { message: llamaTooLong, type: 'exceed_context_size_error', code: 400 } },
    llamaTooLong,
    400,
    'context-length',
  ],
  [{ error: { code: 'bad_thing' } }, '{"code":"bad_thing"}', undefined, 'model'],
  [{ object: 'error', message: 'bad', type: 'BadRequestError', param: null, code: 400 }, 'bad', 400, 'validation'],
  // TGI, whose chat path names the status differently
  [{ error: { message: tgiTooLong, http_status_code: 422 } }, tgiTooLong, 422, 'context-length'],
  [{ error: tgiTooMany, error_type: 'validation' }, tgiTooMany, undefined, 'context-length'],
  [
    { error: '`top_n_tokens` must be <= 5', error_type: 'validation' },
    '`top_n_tokens` must be <= 5',
    undefined,
    'validation',
  ],
  [{ error: '`best_of` must be <= 2', error_type: 'validation' }, '`best_of` must be <= 2', undefined, 'validation'],
  [{ error: 'Model is overloaded', error_type: 'overloaded' }, 'Model is overloaded', undefined, 'overloaded'],
  [
    { error: 'Request failed during generation: CUDA', error_type: 'generation' },
    'Request failed during generation: CUDA',
    undefined,
    'model',
  ],
  [{ error: 'x', error_type: 'template_error' }, 'x', undefined, 'validation'],
  [{ error: 'x', error_type: 'incomplete_generation' }, 'x', undefined, 'model'],
  // TEI
  [
    { error: 'batch size 33 > maximum allowed batch size 32', error_type: 'Validation' },
    'batch size 33 > maximum allowed batch size 32',
    undefined,
    'payload-too-large',
  ],
  [{ error: 'Tokenization error', error_type: 'Tokenizer' }, 'Tokenization error', undefined, 'validation'],
  [{ error: 'x', error_type: 'Unhealthy' }, 'x', undefined, 'overloaded'],
  [{ error: 'x', error_type: 'Backend' }, 'x', undefined, 'model'],
  [{ error: 'x', error_type: 'Empty' }, 'x', undefined, 'validation'],
  [{ message: 'Model is overloaded', code: 429, type: 'overloaded' }, 'Model is overloaded', 429, 'overloaded'],
  // DJL Serving and LMI
  [{ error: 'oh', code: 424 }, 'oh', 424, 'model'],
  [{ code: 424, message: 'invoke handler failure', error: needsEula }, needsEula, 424, 'eula'],
  [
    { code: 400, type: 'TranslateException', message: 'Missing "inputs" in json.' },
    'Missing "inputs" in json.',
    400,
    'validation',
  ],
  [{ generated_text: null, error: 'bad', code: 400, details: { finish_reason: 'error' } }, 'bad', 400, 'validation'],
  [
    { code: 500, error: `error=ErrorInfo(message="it's bad", type='BadRequestError', param=None, code=400)` },
    "it's bad",
    400,
    'validation',
  ],
  [
    { code: 500, error: `error=ErrorInfo(message='too\nmany', type='X', param=None, code=429)` },
    'too\nmany',
    429,
    'overloaded',
  ],
  // Cohere, FastAPI
  [{ message: 'invalid request: too many texts' }, 'invalid request: too many texts', undefined, 'model'],
  [{ detail: 'Not Found' }, 'Not Found', undefined, 'validation'],
  [
    { detail: [{ loc: ['body', 'inputs'], msg: 'field required' }, 'x'] },
    'body.inputs: field required; x',
    undefined,
    'validation',
  ],
  // FastChat, MLflow, AWS
  [
    { text: 'NETWORK ERROR (CUDA out of memory)', error_code: 50_002 },
    'NETWORK ERROR (CUDA out of memory)',
    500,
    'model',
  ],
  [{ object: 'error', message: 'slow down', code: 42_901 }, 'slow down', 429, 'overloaded'],
  [{ error_code: 'INTERNAL_ERROR', message: 'no worker' }, 'no worker', undefined, 'model'],
  [{ Message: 'oh' }, 'oh', undefined, 'model'],
  // LMI in its Bedrock mode
  [
    {
      body: { generation: null, stop_reason: 'error' },
      error: { error_code: 400, error_msg: 'max_gen_len too large' },
    },
    'max_gen_len too large',
    400,
    'validation',
  ],
  // Time
  [{ error: 'Request timed out', code: 500 }, 'Request timed out', 500, 'timeout'],
]

describe('parseContainerError', () => {
  test.each(rows)('%j', (value, message, status, kind) => {
    expect(parseContainerError(value)).toEqual({ message, status, kind })
  })

  test.each([
    [{ generated_text: 'fine' }],
    [{ generated_text: 'fine', error: null }],
    [{ generated_text: 'fine', error: '' }],
    [{ token: { text: 'error' }, details: null }],
    [{ message: { role: 'assistant', content: 'fine' }, done: false }],
    [{ detail: 5 }],
    [{ text: 'fine', error_code: 0 }],
    [[{ error: 'x' }]],
    ['error'],
    [null],
    [undefined],
    [5],
  ])('%j is no error', (value) => {
    expect(parseContainerError(value)).toBeUndefined()
  })
})

describe('parseContainerErrorText', () => {
  test.each<readonly [string, number | undefined, string, number | undefined, ContainerErrorKind]>([
    ['{"error":"x","error_type":"overloaded"}', 429, 'x', 429, 'overloaded'],
    ['{"error":"x","error_type":"validation"}', 422, 'x', 422, 'validation'],
    ['{"message":"x"}', 400, 'x', 400, 'validation'],
    ['length limit exceeded', 413, 'length limit exceeded', 413, 'payload-too-large'],
    ['"just text"', 500, 'just text', 500, 'model'],
    ['  Bad Gateway\n', 502, 'Bad Gateway', 502, 'model'],
    ['', 0, '', 0, 'timeout'],
    ['[1,2]', 500, '[1,2]', 500, 'model'],
    // The container's front end answered 500 for what its engine called 400.
    [
      `{"code":500,"error":"error=ErrorInfo(message='x', type='T', param=None, code=400)"}`,
      500,
      'x',
      400,
      'validation',
    ],
  ])('%j with status %s', (text, httpStatus, message, status, kind) => {
    expect(parseContainerErrorText(text, httpStatus)).toEqual({ message, status, kind })
  })
})

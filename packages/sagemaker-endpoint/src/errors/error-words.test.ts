import { describe, expect, test } from 'vitest'
import { classifyContainerError } from './classify-failure.ts'
import { parseContainerError, parseContainerErrorText } from './container-error.ts'
import { type ErrorSubject, readErrorWords } from './error-words.ts'

test.each<readonly [subject: ErrorSubject, server: string, message: string]>([
  ['context-length', 'vLLM', "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens"],
  ['context-length', 'vLLM', 'The decoder prompt (length 10127) is longer than the maximum model length of 8192.'],
  ['context-length', 'vLLM', "You passed 9000 input tokens. However, the model's context length is only 8192 tokens."],
  ['context-length', 'SGLang', "The input (10127 tokens) is longer than the model's context length (8192 tokens)."],
  ['context-length', 'TGI', '`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens'],
  ['context-length', 'TEI', '`inputs` must have less than 512 tokens. Given: 800'],
  ['context-length', 'llama.cpp', 'the request exceeds the available context size. try increasing the context size'],
  ['context-length', 'llama.cpp', 'request (9000 tokens) exceeds the available context size (4096 tokens)'],
  ['context-length', 'llama.cpp', 'input is too large to process. increase the physical batch size'],
  ['context-length', 'Ollama', 'the input length exceeds the context length'],
  ['context-length', 'TensorRT-LLM', 'Prompt length (5056) exceeds maximum sequence length (2048)'],
  ['context-length', 'TensorRT-LLM', 'prompt length (5056) exceeds maximum input length (2048).'],
  ['context-length', 'Cohere', 'too many tokens: total number of tokens in the prompt cannot exceed 4081'],
  ['context-length', 'NIM', 'Input length 600 exceeds maximum allowed token size 512'],
  [
    'context-length',
    'transformers',
    'The size of tensor a (600) must match the size of tensor b (512) at non-singleton dimension 1',
  ],
  [
    'context-length',
    'Titan',
    '400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 9000',
  ],
  ['context-length', 'Jina', 'Single text cannot exceed 8194 tokens. 9000 tokens given.'],
  ['context-length', 'Voyage', "has too many tokens and does not fit into the model's context window of 4000 tokens."],
  ['context-length', 'OpenAI', 'Please reduce the length of the messages.'],
  ['context-length', 'Anthropic', 'prompt is too long: 210000 tokens > 200000 maximum'],
  ['batch-size', 'TEI', 'batch size 33 > maximum allowed batch size 32'],
  ['batch-size', 'Cohere', 'invalid request: total number of texts must be at most 96 - received 97'],
  ['batch-size', 'Pydantic', 'List should have at most 96 items after validation, not 256'],
  ['batch-size', 'OpenAI', "Invalid 'input': array too long. Expected an array with maximum length 2048, but got 3000"],
  ['batch-size', 'Triton', 'inference request batch-size must be <= 8 for model x'],
  ['batch-size', 'Azure', 'Too many inputs. The max number of inputs is 16.'],
  ['batch-size', 'Mistral', 'Too many inputs in request, split into more batches.'],
  ['payload-size', 'TEI', 'length limit exceeded'],
  ['payload-size', 'SageMaker', 'HTTP content length exceeded 6291456 bytes.'],
  ['payload-size', 'nginx', '413 Request Entity Too Large'],
  ['timeout', 'nginx', '504 Gateway Time-out'],
  ['timeout', 'Envoy', 'upstream request timeout'],
  ['overloaded', 'TGI', 'Model is overloaded'],
  ['overloaded', 'SGLang', 'The request queue is full.'],
  ['overloaded', 'Triton', 'Exceeds maximum queue size'],
  ['missing-model', 'vLLM', 'The model `wrong` does not exist.'],
  ['missing-model', 'Ollama', 'model "wrong" not found, try pulling it first'],
  ['missing-model', 'DJL', 'Cannot find suitable handler'],
  ['parameter', 'Pydantic', 'Extra inputs are not permitted'],
  ['parameter', 'OpenAI', "Unsupported parameter: 'max_tokens' is not supported with this model."],
  ['parameter', 'Python', "generate() got an unexpected keyword argument 'foo'"],
  ['parameter', 'serde', 'unknown field `foo`, expected one of `inputs`'],
  ['parameter', 'vLLM', 'Model "x" does not support matryoshka representation'],
  ['eula', 'JumpStart', "Need to pass custom_attributes='accept_eula=true' as part of header."],
])('%s, said by %s: %s', (subject, _, message) => {
  expect(readErrorWords(message)?.subject).toBe(subject)
})

test.each([
  '`top_n_tokens` must be <= 5',
  '`temperature` must be strictly positive',
  'Input validation error: missing field `inputs`',
  'CUDA out of memory. Tried to allocate 2.00 GiB',
  'inputs must have at most 512 characters',
])('of no known subject: %s', (message) => {
  expect(readErrorWords(message)).toBeUndefined()
})

test('a limit is read, and so is the end of a message that echoes a long prompt first', () => {
  expect(readErrorWords('batch size 33 > maximum allowed batch size 32')?.limit).toBe(32)
  expect(readErrorWords(`${'word '.repeat(10_000)} is longer than the maximum model length of 8192`)).toEqual({
    subject: 'context-length',
    limit: undefined,
  })
})

describe('an error that a container reports', () => {
  test.each([
    ['context-length-exceeded', { error: 'Prompt length (5056) exceeds maximum sequence length (2048)' }, 500],
    ['context-length-exceeded', { error: { message: 'Too long.', code: 400, type: 'context_length_exceeded' } }, 400],
    ['timeout', { error: 'upstream request timeout' }, 504],
    ['timeout', { message: 'Internal error' }, 504],
    ['throttled', { error: 'Model is overloaded' }, undefined],
    ['invalid-request', { error: { error_code: 400, error_msg: 'max_gen_len too large' } }, undefined],
    ['invalid-request', { error: 'The model `x` does not exist.' }, undefined],
  ])('is %s: %j', (code, body, status) => {
    const error = parseContainerErrorText(JSON.stringify(body), status)
    expect(classifyContainerError(error)).toBe(code)
  })

  test('has the words of LMI in its Bedrock mode', () => {
    const body = { body: { generation: null }, error: { error_code: 400, error_msg: 'max_gen_len too large' } }
    expect(parseContainerError(body)).toEqual({ message: 'max_gen_len too large', status: 400, kind: 'validation' })
  })

  test('may be nested deeper than a program can write it', () => {
    const deep = JSON.parse('{"error":'.repeat(50_000) + '1' + '}'.repeat(50_000)) as unknown
    expect(parseContainerError(deep)).toMatchObject({ kind: 'model' })
    const list = JSON.parse(`{"detail":${'['.repeat(50_000)}${']'.repeat(50_000)}}`) as unknown
    expect(parseContainerError(list)).toMatchObject({ kind: 'validation' })
  })
})

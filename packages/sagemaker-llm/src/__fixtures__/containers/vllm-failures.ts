import { events, question, weatherTool, type FixtureCase } from '../container-fixture.ts'
import { chunk, role, toolFragment, whole } from './vllm-values.ts'

export const vllmFailures: readonly FixtureCase[] = [
  {
    name: 'error before the answer',
    messages: question,
    status: 400,
    whole: {
      error: {
        message: "Cannot find suitable handler for request. Expected one of: ['CompletionRequest']",
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
    },
    stream: events(
      { error: { message: 'tool_choice is not supported', type: 'BadRequestError', param: null, code: 400 } },
      '[DONE]',
    ),
    error: { code: 'invalid-request' },
  },
  {
    name: 'an error as older versions write it',
    messages: question,
    status: 400,
    whole: {
      object: 'error',
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    stream: events({
      object: 'error',
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
      type: 'BadRequestError',
      param: null,
      code: 400,
    }),
    error: { code: 'context-length-exceeded' },
  },
  {
    name: 'error in the middle, with [DONE] after it',
    messages: question,
    stream: events(
      role,
      chunk({ content: 'It’s' }),
      { error: { message: 'Internal server error', type: 'InternalServerError', param: null, code: 500 } },
      '[DONE]',
    ),
    errorOfStream: { code: 'model-error', partialText: 'It’s' },
  },
  {
    name: 'abort on the side of the server',
    messages: question,
    whole: whole({ content: 'It' }, 'abort'),
    stream: events(role, chunk({ content: 'It' }), chunk({ content: '' }, 'abort'), '[DONE]'),
    error: { code: 'model-error', partialText: 'It' },
  },
  {
    name: 'truncation',
    messages: question,
    stream: events(role, chunk({ content: 'It’s' })),
    errorOfStream: { code: 'stream-interrupted', partialText: 'It’s' },
  },
  {
    name: 'truncation within a tool call',
    messages: question,
    options: { tools: [weatherTool] },
    stream: events(role, toolFragment(0, { name: 'get_weather', arguments: '{"city": "Bos' }, { id: 'call-1a' })),
    errorOfStream: { code: 'stream-interrupted', partialText: '' },
  },
]

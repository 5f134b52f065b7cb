/** A failure that a server writes in place of a value of its answer, with HTTP status 200. */
export interface Failure {
  readonly name: string
  /** As a JSON value. */
  readonly value?: unknown
  /** As lines of server-sent events, for those that are more than a value. */
  readonly lines?: string
}

const died = 'Engine loop died'

/** Failures as servers write them, whatever format the answer has that they break off. */
export const failures: readonly Failure[] = [
  {
    name: 'vLLM, SGLang, NIM',
    value: { error: { message: died, type: 'InternalServerError', param: null, code: 500 } },
  },
  { name: 'vLLM before 0.9', value: { object: 'error', message: died, type: 'InternalServerError', code: 500 } },
  { name: 'TGI', value: { error: died, error_type: 'generation' } },
  { name: "TGI's messages", value: { error: { message: died, http_status_code: 424 } } },
  { name: 'LMI', value: { error: died, code: 424 } },
  {
    name: 'LMI in its Bedrock mode',
    value: {
      body: { generation: null, prompt_token_count: null, generation_token_count: null, stop_reason: 'error' },
      metering: {},
      error: { error_code: 400, error_msg: 'max_gen_len too large' },
    },
  },
  {
    name: 'DJL Serving, TorchServe',
    value: { code: 503, type: 'InternalServerException', message: 'Prediction failed' },
  },
  { name: 'FastChat', value: { text: 'NETWORK ERROR (CUDA out of memory)', error_code: 50_002 } },
  { name: 'FastAPI', value: { detail: 'Internal Server Error' } },
  {
    name: 'FastAPI, validation',
    value: { detail: [{ loc: ['body', 'inputs'], msg: 'field required', type: 'missing' }] },
  },
  { name: 'MLflow', value: { error_code: 'INTERNAL_ERROR', message: died } },
  { name: 'Triton, Ollama', value: { error: 'llama runner process has terminated' } },
  { name: 'Cohere', value: { message: 'internal server error, this has been reported to our developers' } },
  { name: 'Anthropic', value: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } },
  { name: 'AWS', value: { Message: died } },
  { name: 'llama.cpp', lines: `error: ${JSON.stringify({ code: 500, message: died, type: 'server_error' })}` },
  { name: 'an event of type error', lines: `event: error\ndata: ${JSON.stringify({ reason: died })}` },
  { name: 'an event of type error as text', lines: `event: error\ndata: ${died}` },
]

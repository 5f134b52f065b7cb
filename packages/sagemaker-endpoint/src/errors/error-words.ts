/** What a container's words say, whatever its status and its error type. */
export type ErrorSubject =
  | 'batch-size'
  | 'context-length'
  | 'eula'
  | 'missing-model'
  | 'overloaded'
  | 'parameter'
  | 'payload-size'
  | 'timeout'

/** What was recognised in a container's message. */
export interface ErrorWords {
  readonly subject: ErrorSubject
  /** The most items of a batch, or bytes of a request, where the container names it. */
  readonly limit?: number | undefined
}

/** Words of one or several servers, and an expression that must match as well. The first group is the limit. */
type Words = readonly [subject: ErrorSubject, words: RegExp, also?: RegExp]

/**
 * The first match counts. Every expression is linear in the text: no repeated part can match the same text in two ways.
 *
 * Sources: the servers' own code and documentation: vllm (`serve/render`, `input_processor.py`,
 * `serving_engine.py`), sglang (`tokenizer_manager.py`), text-generation-inference and text-embeddings-inference
 * (`validation.rs`, `tokenization.rs`, `infer`), llama.cpp (`server`), ollama (`llm/server.go`), tensorrtllm_backend and
 * Triton (`model.cc`, `infer_request.cc`), djl-serving (`WorkLoadManager`), TorchServe (`WorkerThread`), transformers,
 * Pydantic (`too_long`, `extra_forbidden`), infinity, and the public API references of OpenAI, Cohere, Mistral, Jina,
 * Voyage, NVIDIA NIM, Amazon Titan and Anthropic.
 */
const table: readonly Words[] = [
  // JumpStart: Need to pass custom_attributes='accept_eula=true' as part of header.
  ['eula', /accept_eula/i],

  // OpenAI's code, as text.
  ['context-length', /context_length_exceeded|exceed_context_size_error/i],
  // vLLM, SGLang, OpenAI: This model's maximum context length is 4096 tokens.
  ['context-length', /maximum (?:context|model|input|sequence|prompt) length/i],
  // vLLM: is longer than the maximum model length. SGLang: is longer than the model's context length.
  // transformers: is longer than the specified maximum sequence length.
  [
    'context-length',
    /(?:longer|greater|larger|more) than the (?:maximum|model's|specified maximum) (?:context|model|input|sequence|number of input)/i,
  ],
  // vLLM: However, the model's context length is only 8192 tokens. Voyage: does not fit into the model's context window.
  ['context-length', /the model's context (?:length|size|window)|fit (?:into|in) the (?:model|context)\b/i],
  // Ollama: the input length exceeds the context length. llama.cpp: exceeds the available context size.
  // TensorRT-LLM: Prompt length (5056) exceeds maximum sequence length (2048). NIM: exceeds maximum allowed token size 512.
  [
    'context-length',
    /exceed(?:s|ed|ing)? (?:the )?(?:available |maximum |max |model's |model |allowed ){0,3}(?:context|sequence|token|input|prompt|position)/i,
  ],
  // TGI, TEI: `inputs` must have less than 512 tokens.
  ['context-length', /must have (?:less|fewer) than \d+ tokens/i],
  // TGI: `inputs` tokens + `max_new_tokens` must be <= 4096. Not of options such as `top_n_tokens`.
  ['context-length', /(?<!top_n_)(?:tokens|inputs?|length)`? must be <= \d+/i],
  // Cohere: too many tokens. Titan: Too many input tokens. Jina: Single text cannot exceed 8194 tokens.
  ['context-length', /too many (?:input |prompt )?tokens|cannot exceed \d+ tokens|max(?:imum)? input tokens/i],
  // Anthropic, NIM and others: prompt is too long. OpenAI: reduce the length of the messages.
  [
    'context-length',
    /(?:prompt|input|text|request|conversation)(?: text)? (?:is|was) too long|reduce the length of (?:the|your) (?:messages|prompt|input)/i,
  ],
  // llama.cpp: input is too large to process, increase the physical batch size.
  ['context-length', /input (?:\(\d+ tokens\) )?is too large to process/i],
  // transformers, where positions are looked up beyond the end of their table: BERT and its family.
  ['context-length', /size of tensor a \(\d+\) must match the size of tensor b \(\d+\) at non-singleton dimension 1/i],

  // TEI: batch size 33 > maximum allowed batch size 32.
  ['batch-size', /maximum (?:allowed )?batch size (?:is |of )?(\d+)/i],
  // Triton: inference request batch-size must be <= 8. Voyage: Batch size limit is 128.
  [
    'batch-size',
    /batch[- ]size (?:limit is|must be <=|must not exceed|cannot exceed|should not be larger than) (\d+)/i,
  ],
  // Cohere: total number of texts must be at most 96. Pydantic: List should have at most 96 items.
  [
    'batch-size',
    /\b(?:at most|no more than|maximum length|maximum of|max(?:imum)? number of inputs is) (\d+)\b(?! (?:tokens|characters|bytes))/i,
    /\b(?:texts|inputs|documents|list|array|batch)\b/i,
  ],
  [
    'batch-size',
    /batch size \d+ > (?:maximum|max)|batch size (?:in request )?(?:is )?too large|too many inputs(?: in request)?/i,
  ],

  // TEI: length limit exceeded. SageMaker: HTTP content length exceeded 6291456 bytes. nginx: Request Entity Too Large.
  ['payload-size', /content length exceeded (\d+) bytes/i],
  [
    'payload-size',
    /length limit exceeded|content length exceeded|(?:payload|request entity|request body|content) too large/i,
  ],

  // nginx, Envoy and ALB in a container; TGI, SageMaker and DJL: timed out.
  ['timeout', /timed out|gateway time-?out|upstream request timeout|deadline exceeded|time limit exceeded/i],

  // TGI, TEI: Model is overloaded. DJL: capacity is exceeded. TorchServe: no worker to serve. SGLang: queue is full.
  // Triton: exceeds maximum queue size.
  [
    'overloaded',
    /(?:model|server|engine) is (?:currently )?overloaded|queue is full|maximum queue size|no worker(?:s)? (?:is |are )?(?:available )?to serve|server (?:is )?busy|too many requests|rate limit/i,
  ],

  // vLLM, OpenAI: The model `x` does not exist. Ollama: model "x" not found. TorchServe: Model not found.
  ['missing-model', /no such model|unknown model|no model (?:named|found)|failed to find model/i],
  ['missing-model', /does not exist|not found|is not (?:loaded|registered|available)/i, /\bmodel\b/i],
  // DJL: Cannot find suitable handler. vLLM as a route: Not Found.
  ['missing-model', /cannot find (?:a )?suitable handler/i],

  // Pydantic: Extra inputs are not permitted. OpenAI: Unsupported parameter, Unrecognized request argument.
  // Python: got an unexpected keyword argument. serde: unknown field `x`.
  [
    'parameter',
    /extra inputs are not permitted|(?:unsupported|unknown|unrecogni[sz]ed|unexpected|invalid) (?:request )?(?:parameter|keyword argument|argument|option|field)|model_kwargs` are not used|does not support (?:the )?(?:parameter|matryoshka|changing output dimensions)/i,
  ],
]

/** Most characters of a message that are looked at: its beginning and its end, since some servers put the reason last. */
const maxHeadLength = 6_000
const maxTailLength = 2_000

/** The part of a container's message that is worth reading, whatever its length. */
export function boundedWords(message: string): string {
  if (message.length <= maxHeadLength + maxTailLength) return message
  return `${message.slice(0, maxHeadLength)} ${message.slice(-maxTailLength)}`
}

/**
 * Recognises what a container's message is about, in the words of the servers that run on SageMaker.
 *
 * @returns `undefined` for words of no known subject.
 */
export function readErrorWords(message: string): ErrorWords | undefined {
  const read = boundedWords(message)
  for (const [subject, words, also] of table) {
    const match = words.exec(read)
    if (match === null || also?.test(read) === false) continue
    const limit = match[1] === undefined ? undefined : Number(match[1])
    return { subject, limit }
  }
  return undefined
}

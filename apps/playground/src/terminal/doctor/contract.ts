import type { ModelKind, SuggestedCall } from '@x/sagemaker-discovery'

/** A container's request and response format. */
export interface Contract {
  /** Display name. */
  readonly name: string
  /** Kind of model. */
  readonly kind: ModelKind
  /** Name of the content handler, as passed to `namedHandler`. */
  readonly handler: string
  /** Options of the handler's factory. */
  readonly handlerOptions?: Readonly<Record<string, unknown>>
  /** Options of the model object. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Call that the format supports. */
  readonly call: SuggestedCall
  /** Whether containers with this format can stream. */
  readonly canStream: boolean
  /** Further advice. */
  readonly hint?: string
  /** Another format with the same answer or error message. */
  readonly or?: Contract
}

type More = Pick<Contract, 'handlerOptions' | 'options' | 'hint' | 'or'>

const chat = (name: string, handler: string, canStream: boolean, more: More = {}): Contract => ({
  name,
  kind: 'language',
  handler,
  call: 'chat',
  canStream,
  ...more,
})

const complete = (name: string, handler: string, more: More & { readonly canStream?: boolean } = {}): Contract => ({
  name,
  kind: 'language',
  handler,
  call: 'complete',
  canStream: false,
  ...more,
})

const embedding = (name: string, handler: string, more: More = {}): Contract => ({
  name,
  kind: 'embedding',
  handler,
  call: 'embed',
  canStream: false,
  ...more,
})

const scoring = (kind: 'rerank' | 'classification', name: string, handler: string, more: More = {}): Contract => ({
  name,
  kind,
  handler,
  call: kind === 'rerank' ? 'rerank' : 'classify',
  canStream: false,
  ...more,
})

const jinaMultiVectors: Contract = {
  ...embedding('Jina ColBERT: one vector per token', 'jina'),
  call: 'embedMultiVector',
}
const classification = scoring('classification', 'labels (Text Embeddings Inference, Hugging Face)', 'auto')
const tritonTensors = complete('Triton tensors of text', 'triton', { handlerOptions: { inferenceType: 'infer' } })
const jumpstartEmbedding = embedding('JumpStart embedding', 'jumpstart')

/** Formats that can be identified by a response or an error message. */
export const contracts = {
  openai: chat('OpenAI chat completions (vLLM, SGLang, NIM, llama.cpp)', 'openai', true),
  tgi: chat('Text Generation Inference', 'tgi', true),
  lmi: chat('LMI (DJL Serving)', 'lmi', true),
  huggingface: complete('Hugging Face Inference Toolkit, or a JumpStart script', 'huggingface'),
  jumpstartLlama2: chat('JumpStart Llama 2, first version', 'jumpstartLlama2', false, {
    handlerOptions: { acceptEula: true },
    hint: 'accept_eula=true says that you have read the licence of the model and accept it',
  }),
  bedrockCompat: complete("LMI in Bedrock's format", 'bedrockCompat'),
  cohere: chat('Cohere', 'cohere', true),
  ai21: complete('AI21 Jurassic-2', 'ai21'),
  triton: complete('Triton (generate)', 'triton', { canStream: true }),
  textInputs: complete('a JumpStart script that wants text_inputs', 'jumpstartText2Text', { or: jumpstartEmbedding }),
  tei: embedding('vectors only (Text Embeddings Inference, LMI)', 'auto'),
  lmiEmbedding: embedding('LMI embedding', 'lmi'),
  tokenVectors: embedding('Hugging Face feature extraction: one vector per token', 'huggingface', {
    options: { pooling: 'mean' },
    hint: 'choose the pooling that the model was trained with: mean, cls or last',
  }),
  openaiEmbedding: embedding('OpenAI embeddings (vLLM, NIM)', 'openai'),
  jumpstartEmbedding,
  cohereEmbedding: embedding('Cohere embed', 'cohere'),
  sentenceEmbedding: embedding('Hugging Face sentence embeddings', 'huggingface'),
  titan: embedding('Titan', 'titan'),
  teiSparse: { ...embedding('sparse vectors (Text Embeddings Inference)', 'tei'), call: 'embedSparse' },
  lmiSparse: {
    ...embedding('LMI sparse and dense vectors (BGE-M3)', 'lmi', {
      hint: 'getTextEmbedding reads the dense vectors of the same answers',
    }),
    call: 'embedSparse',
  },
  jina: embedding('Jina embeddings', 'jina', { or: jinaMultiVectors }),
  kserve: embedding('KServe tensors (Triton, OpenVINO)', 'kserve', { or: tritonTensors }),
  kserveVectors: embedding('KServe tensors (Triton, OpenVINO)', 'kserve'),
  tritonTensors,
  teiRerank: scoring('rerank', 'Text Embeddings Inference, reranker', 'tei'),
  vllmRerank: scoring('rerank', 'vLLM, reranker', 'vllm'),
  cohereRerank: scoring('rerank', 'Cohere Rerank', 'cohere'),
  jinaRerank: scoring('rerank', 'Jina Reranker', 'jina'),
  huggingfaceRerank: scoring('rerank', 'Hugging Face cross-encoder', 'huggingface'),
  djlRerank: scoring('rerank', 'LMI cross-encoder (DJL Serving)', 'djl'),
  nimRerank: scoring('rerank', 'NVIDIA NIM, reranker', 'nim', { hint: 'NIM needs the name of the model: --model' }),
  textPairsRerank: scoring('rerank', 'a script that wants text_pairs', 'textPairs'),
  classification,
  // A cross-encoder has one label without a name.
  oneLabel: scoring('rerank', 'one label per pair (Hugging Face cross-encoder)', 'huggingface', { or: classification }),
  vllmClassification: scoring('classification', 'vLLM, classifier', 'vllm'),
  jumpstartClassification: scoring('classification', 'JumpStart classifier', 'jumpstart'),
  zeroShot: scoring('classification', 'Hugging Face zero-shot classifier', 'huggingface', {
    hint: 'each call needs labels: classify(texts, { labels })',
  }),
} as const satisfies Readonly<Record<string, Contract>>

/** A format in which a container answers. */
export interface Contract {
  /** Whose it is. */
  readonly name: string
  /** What the model is for. */
  readonly kind: 'text' | 'embedding'
  /** Value of `--handler`. Without one, the default reads it. */
  readonly handler?: string
  /** Whether its containers can stream, as far as is known of the format. */
  readonly canStream: boolean
  /** What else a user has to know. */
  readonly hint?: string
}

const text = (name: string, canStream: boolean, more: Pick<Contract, 'handler' | 'hint'> = {}): Contract => ({
  name,
  kind: 'text',
  canStream,
  ...more,
})

const embedding = (name: string, more: Pick<Contract, 'handler' | 'hint'> = {}): Contract => ({
  name,
  kind: 'embedding',
  canStream: false,
  ...more,
})

/** The formats that can be told apart from outside. */
export const contracts = {
  openai: text('OpenAI chat completions (vLLM, SGLang, NIM, llama.cpp)', true, {
    hint: 'chat needs no --handler; complete wants --handler openai',
  }),
  tgi: text('Text Generation Inference', true),
  lmi: text('LMI (DJL Serving)', true),
  huggingface: text('Hugging Face Inference Toolkit, or a JumpStart script', false, { handler: 'huggingface' }),
  jumpstartLlama2: text('JumpStart Llama 2, first version', false, { handler: 'jumpstart-llama2' }),
  bedrockCompat: text("LMI in Bedrock's format", false, { handler: 'bedrock-compat' }),
  cohere: text('Cohere', true, { handler: 'cohere' }),
  ai21: text('AI21 Jurassic-2', false, { handler: 'ai21' }),
  prompt: text('one that wants a prompt alone', false, {
    handler: 'ai21',
    hint: 'AI21 is the likeliest; if not, --handler bedrock-compat',
  }),
  triton: text('Triton (generate)', true, { handler: 'triton' }),
  textInputs: text('a JumpStart script that wants text_inputs', false, {
    handler: 'jumpstart-text2text',
    hint: 'an embedding model takes the same: playground embed --handler jumpstart',
  }),
  tei: embedding('vectors alone (Text Embeddings Inference, LMI)'),
  lmiEmbedding: embedding('LMI embedding'),
  tokenVectors: embedding('Hugging Face feature extraction: one vector per token', {
    hint: 'choose the --pooling that the model was trained with: mean, cls or last',
  }),
  openaiEmbedding: embedding('OpenAI embeddings (vLLM, NIM)', { handler: 'openai' }),
  jumpstartEmbedding: embedding('JumpStart embedding', { handler: 'jumpstart' }),
  cohereEmbedding: embedding('Cohere embed', { handler: 'cohere' }),
  sentenceEmbedding: embedding('Hugging Face sentence embeddings'),
  titan: embedding('Titan', { handler: 'titan' }),
} as const satisfies Readonly<Record<string, Contract>>

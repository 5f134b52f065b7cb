import type { Deployed } from './fake-control-plane.ts'

const aws = '763104351884.dkr.ecr.us-east-1.amazonaws.com'
const marketplace = 'arn:aws:sagemaker:us-east-1:865070037744:model-package'

interface Deployment extends Deployed {
  readonly expected: {
    readonly container: string
    readonly version?: string
    readonly kind: string
    readonly handler: string
    readonly call: string
    readonly options?: object
    readonly handlerOptions?: object
    readonly model?: object
  }
}

/** Endpoints as they are deployed from AWS's images, JumpStart, Marketplace and custom images. */
export const deployments: Readonly<Record<string, Deployment>> = {
  'tgi-llama': {
    image: `${aws}/huggingface-pytorch-tgi-inference:2.6.0-tgi3.2.3-gpu-py311-cu124-ubuntu22.04`,
    environment: {
      HF_MODEL_ID: 'meta-llama/Llama-3.1-8B-Instruct',
      SM_NUM_GPUS: '1',
      MAX_TOTAL_TOKENS: '8192',
      HUGGING_FACE_HUB_TOKEN: 'hf_secret',
    },
    expected: {
      container: 'tgi',
      version: '3.2.3',
      kind: 'language',
      handler: 'tgi',
      call: 'chat',
      model: { id: 'meta-llama/Llama-3.1-8B-Instruct', maxModelLength: 8192 },
    },
  },
  'tgi-old': {
    image: `${aws}/huggingface-pytorch-tgi-inference:2.1.1-tgi1.4.0-gpu-py310-cu121-ubuntu20.04`,
    environment: { HF_MODEL_ID: '/opt/ml/model' },
    expected: { container: 'tgi', version: '1.4.0', kind: 'language', handler: 'tgi', call: 'complete', model: {} },
  },
  'lmi-qwen': {
    image: `${aws}/djl-inference:0.33.0-lmi15.0.0-cu128`,
    environment: {
      HF_MODEL_ID: 'Qwen/Qwen2.5-7B-Instruct',
      OPTION_ROLLING_BATCH: 'vllm',
      OPTION_MAX_MODEL_LEN: '32768',
    },
    expected: {
      container: 'lmi',
      version: '0.33.0-lmi15.0.0',
      kind: 'language',
      handler: 'lmi',
      call: 'chat',
      model: { id: 'Qwen/Qwen2.5-7B-Instruct', maxModelLength: 32_768 },
    },
  },
  'lmi-bge': {
    image: `${aws}/djl-inference:0.36.0-lmi27.0.0-cu130`,
    environment: { HF_MODEL_ID: 'BAAI/bge-base-en-v1.5', OPTION_ENGINE: 'Rust' },
    expected: { container: 'lmi', kind: 'embedding', handler: 'lmi', call: 'embed' },
  },
  'lmi-bedrock': {
    image: `${aws}/djl-inference:0.29.0-lmi11.0.0-cu124`,
    environment: { OPTION_BEDROCK_COMPAT: 'true' },
    expected: { container: 'lmi', kind: 'language', handler: 'bedrockCompat', call: 'complete' },
  },
  'vllm-qwen': {
    image: `${aws}/vllm:0.28.0-cu130-ubuntu24.04-sagemaker`,
    environment: {
      SM_VLLM_MODEL: 'Qwen/Qwen3-8B',
      SM_VLLM_MAX_MODEL_LEN: '16384',
      SM_VLLM_SERVED_MODEL_NAME: 'qwen',
      SM_VLLM_LORA_MODULES: 'support=/opt/ml/adapters/support sales=s3://bucket/sales',
    },
    expected: {
      container: 'vllm',
      version: '0.28.0',
      kind: 'language',
      handler: 'openai',
      call: 'chat',
      options: {},
      model: { id: 'Qwen/Qwen3-8B', maxModelLength: 16_384, servedName: 'qwen', adapters: ['support', 'sales'] },
    },
  },
  'vllm-reranker': {
    image: `${aws}/huggingface-vllm:0.20.0-gpu-py312-cu129-ubuntu22.04`,
    environment: { SM_VLLM_MODEL: 'Qwen/Qwen3-Reranker-8B', SM_VLLM_RUNNER: 'pooling' },
    expected: { container: 'vllm', kind: 'rerank', handler: 'vllm', call: 'rerank' },
  },
  'sglang-qwen': {
    image: `${aws}/sglang:0.5.5-gpu-py312-cu129-ubuntu22.04-sagemaker`,
    environment: { SM_SGLANG_MODEL_PATH: 'Qwen/Qwen3-0.6B' },
    expected: {
      container: 'sglang',
      version: '0.5.5',
      kind: 'language',
      handler: 'openai',
      call: 'chat',
      handlerOptions: { completeAs: 'message' },
    },
  },
  'nim-llama': {
    image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/nim-llama3-8b-instruct:latest',
    environment: { NIM_SERVED_MODEL_NAME: 'meta/llama3-8b-instruct', NGC_API_KEY: 'nvapi-secret' },
    expected: {
      container: 'nim',
      kind: 'language',
      handler: 'openai',
      call: 'chat',
      options: { modelName: 'meta/llama3-8b-instruct' },
      handlerOptions: { completeAs: 'message' },
    },
  },
  'nim-embed': {
    modelPackage: `${marketplace}/nvidia-nim-nv-embedqa-e5-v5-1-0-0-27a435b507143f729689232ecb36c294`,
    environment: { NIM_MODEL_NAME: 'nvidia/nv-embedqa-e5-v5' },
    expected: {
      container: 'nim',
      kind: 'embedding',
      handler: 'openai',
      call: 'embed',
      options: { modelName: 'nvidia/nv-embedqa-e5-v5', inputType: { query: 'query', text: 'passage' } },
    },
  },
  'llamacpp-gguf': {
    image: `${aws}/huggingface-llamacpp:b9522-cu130-ubuntu24.04`,
    environment: { LLAMA_ARG_HF_REPO: 'unsloth/Qwen3-4B-GGUF', LLAMA_ARG_CTX_SIZE: '4096' },
    expected: { container: 'llamacpp', version: 'b9522', kind: 'language', handler: 'openai', call: 'chat' },
  },
  'toolkit-gpt2': {
    image: `${aws}/huggingface-pytorch-inference:2.1.0-transformers4.37.0-gpu-py310-cu118-ubuntu20.04`,
    environment: { HF_MODEL_ID: 'openai-community/gpt2', HF_TASK: 'text-generation' },
    expected: {
      container: 'huggingface',
      version: '4.37.0',
      kind: 'language',
      handler: 'huggingface',
      call: 'complete',
      options: {},
    },
  },
  'toolkit-minilm': {
    image: `${aws}/huggingface-pytorch-inference:2.1.0-transformers4.37.0-cpu-py310-ubuntu22.04`,
    environment: { HF_MODEL_ID: 'sentence-transformers/all-MiniLM-L6-v2', HF_TASK: 'feature-extraction' },
    expected: {
      container: 'huggingface',
      kind: 'embedding',
      handler: 'huggingface',
      call: 'embed',
      options: { pooling: 'mean' },
    },
  },
  'toolkit-sentiment': {
    image: `${aws}/huggingface-pytorch-inference:2.1.0-transformers4.37.0-cpu-py310-ubuntu22.04`,
    environment: { HF_MODEL_ID: 'distilbert-base-uncased-finetuned-sst-2-english' },
    expected: { container: 'huggingface', kind: 'classification', handler: 'huggingface', call: 'classify' },
  },
  'tei-bge': {
    image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/tei:2.0.1-tei1.8.2-gpu-py310-cu122-ubuntu22.04',
    environment: { HF_MODEL_ID: 'BAAI/bge-large-en-v1.5' },
    expected: { container: 'tei', version: '1.8.2', kind: 'embedding', handler: 'tei', call: 'embed' },
  },
  'tei-reranker': {
    image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/tei-cpu:2.0.1-tei1.8.2-cpu-py310-ubuntu22.04',
    environment: { HF_MODEL_ID: 'BAAI/bge-reranker-base' },
    expected: { container: 'tei', kind: 'rerank', handler: 'tei', call: 'rerank' },
  },
  'jumpstart-llama2': {
    image: `${aws}/huggingface-pytorch-inference:1.13.1-transformers4.26.0-gpu-py39-cu117-ubuntu20.04`,
    environment: { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' },
    tags: { owner: 'somebody', 'sagemaker-sdk:jumpstart-model-id': 'meta-textgeneration-llama-2-7b-f' },
    expected: {
      container: 'jumpstart',
      kind: 'language',
      handler: 'jumpstartLlama2',
      call: 'chat',
      handlerOptions: { acceptEula: true },
      model: { id: 'meta-textgeneration-llama-2-7b-f' },
    },
  },
  'jumpstart-flan': {
    image: `${aws}/pytorch-inference:1.12.0-gpu-py38`,
    modelDataUrl:
      's3://jumpstart-cache-prod-us-east-1/huggingface-infer/prepack/v1.0.0/infer-prepack-huggingface-text2text-flan-t5-xl.tar.gz',
    expected: { container: 'jumpstart', kind: 'language', handler: 'jumpstartText2Text', call: 'complete' },
  },
  'jumpstart-gptj': {
    image: `${aws}/pytorch-inference:1.12.0-gpu-py38`,
    modelDataUrl:
      's3://jumpstart-cache-prod-us-east-1/huggingface-infer/prepack/v1.0.0/infer-prepack-huggingface-textembedding-gpt-j-6b-fp16.tar.gz',
    expected: { container: 'jumpstart', kind: 'embedding', handler: 'jumpstart', call: 'embed', handlerOptions: {} },
  },
  'jumpstart-similarity': {
    image: `${aws}/huggingface-pytorch-inference:1.13.1-transformers4.26.0-gpu-py39-cu117-ubuntu20.04`,
    environment: { SAGEMAKER_PROGRAM: 'inference.py' },
    tags: { 'sagemaker-studio:jumpstart-model-id': 'huggingface-sentencesimilarity-bge-large-en-v1-5' },
    expected: {
      container: 'jumpstart',
      kind: 'embedding',
      handler: 'jumpstart',
      call: 'embed',
      handlerOptions: { input: 'array' },
    },
  },
  'cohere-command': {
    modelPackage: `${marketplace}/cohere-command-r-v1-0-5-15e34931a06235b7bac32dca396a970a`,
    expected: { container: 'cohere', kind: 'language', handler: 'cohere', call: 'chat' },
  },
  'cohere-embed': {
    modelPackage: `${marketplace}/cohere-embed-english-v3-7-6d097a095fdd314d90a8400a620cac54`,
    expected: { container: 'cohere', kind: 'embedding', handler: 'cohere', call: 'embed' },
  },
  'cohere-rerank': {
    modelPackage: `${marketplace}/cohere-rerank-v4-0-pro-v1-0-12-27a435b507143f729689232ecb36c294`,
    expected: { container: 'cohere', kind: 'rerank', handler: 'cohere', call: 'rerank' },
  },
  'ai21-j2': {
    modelPackage: `${marketplace}/j2-ultra-v1-1-430-95bd49ad4d3a3c09ad8d5d6a8b1c1f2e`,
    expected: { container: 'ai21', kind: 'language', handler: 'ai21', call: 'complete' },
  },
  'ai21-jamba': {
    modelPackage: `${marketplace}/ai21-jamba-1-5-large-3f1f2e3d4c5b6a798897a6b5c4d3e2f1`,
    expected: { container: 'ai21', kind: 'language', handler: 'openai', call: 'chat' },
  },
  'jina-embeddings': {
    modelPackage: `${marketplace}/jina-embeddings-v3-0a1b2c3d4e5f60718293a4b5c6d7e8f9`,
    expected: {
      container: 'jina',
      kind: 'embedding',
      handler: 'jina',
      call: 'embed',
      model: { id: 'jina-embeddings-v3' },
    },
  },
  'jina-reranker': {
    modelPackage: `${marketplace}/jina-reranker-v2-base-2b3c4d5e6f708192a3b4c5d6e7f8091a`,
    expected: { container: 'jina', kind: 'rerank', handler: 'jina', call: 'rerank' },
  },
  'tei-splade': {
    image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/tei:2.0.1-tei1.8.2-gpu-py310-cu122-ubuntu22.04',
    environment: { HF_MODEL_ID: 'naver/efficient-splade-VI-BT-large-query', POOLING: 'splade' },
    expected: { container: 'tei', kind: 'embedding', handler: 'tei', call: 'embedSparse' },
  },
  'triton-embedder': {
    image: `${aws}/sagemaker-tritonserver:25.04-py3`,
    modelPackage: 'bge-large-embedder',
    expected: { container: 'triton', kind: 'embedding', handler: 'kserve', call: 'embed' },
  },
  'triton-trtllm': {
    image: `${aws}/sagemaker-tritonserver:24.09-py3`,
    environment: { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: 'ensemble', SAGEMAKER_TRITON_INFERENCE_TYPE: 'generate' },
    expected: { container: 'triton', version: '24.09', kind: 'language', handler: 'triton', call: 'complete' },
  },
  'own-vllm': {
    image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/llm-server@sha256:8f0a',
    environment: { SM_VLLM_MODEL: 'mistralai/Mistral-7B-Instruct-v0.3' },
    expected: { container: 'vllm', kind: 'language', handler: 'openai', call: 'chat' },
  },
  'own-unknown': {
    image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/forecaster:7',
    environment: { DATABASE_URL: 'postgres://user:password@db/prod' },
    expected: { container: 'unknown', kind: 'unknown', handler: 'auto', call: 'chat' },
  },
}

import type { Deployment } from '../../answers/deployment.ts'
import type { EmbeddingFormat } from '../embedding-formats/embedding-formats.ts'
import { cpu, images, jumpstartData, marketplace, scriptEnvironment } from './published-images.ts'

/** Returns a realistic deployment of the container that an embedding format imitates. */
export function embeddingDeployment(format: EmbeddingFormat, modelName: string): Deployment {
  const deployments: Readonly<Record<EmbeddingFormat, Deployment>> = {
    tei: { image: images.tei, environment: { HF_MODEL_ID: 'BAAI/bge-small-en-v1.5' }, ...cpu },
    'tei-sparse': {
      image: images.tei,
      environment: { HF_MODEL_ID: 'naver/efficient-splade-VI-BT-large-query', POOLING: 'splade' },
      ...cpu,
    },
    openai: {
      image: images.vllm,
      environment: {
        SM_VLLM_MODEL: 'Qwen/Qwen3-Embedding-0.6B',
        SM_VLLM_RUNNER: 'pooling',
        SM_VLLM_SERVED_MODEL_NAME: modelName,
      },
    },
    huggingface: {
      image: images.toolkit,
      environment: { HF_MODEL_ID: 'sentence-transformers/all-MiniLM-L6-v2', HF_TASK: 'feature-extraction' },
      ...cpu,
    },
    jumpstart: {
      image: images.script,
      modelDataUrl: `${jumpstartData}-huggingface-textembedding-gpt-j-6b-fp16.tar.gz`,
      environment: scriptEnvironment,
    },
    lmi: { image: images.lmi, environment: { HF_MODEL_ID: 'BAAI/bge-base-en-v1.5', OPTION_ENGINE: 'Rust' } },
    'lmi-sparse': { image: images.lmi, environment: { HF_MODEL_ID: 'BAAI/bge-m3', OPTION_ENGINE: 'Rust' } },
    cohere: { modelPackageName: `${marketplace}/cohere-embed-english-v3-7-6d097a095fdd314d90a8400a620cac54` },
    jina: { modelPackageName: `${marketplace}/jina-embeddings-v3-0a1b2c3d4e5f60718293a4b5c6d7e8f9` },
    'jina-colbert': { modelPackageName: `${marketplace}/jina-colbert-v2-1a2b3c4d5e6f708192a3b4c5d6e7f809` },
    kserve: { image: images.triton, environment: { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: 'embedder' } },
    // Only custom containers use this format.
    titan: {},
  }
  return deployments[format]
}

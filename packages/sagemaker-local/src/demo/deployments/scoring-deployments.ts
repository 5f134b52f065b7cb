import type { Deployment } from '../../answers/deployment.ts'
import type { ClassificationFormat } from '../classification-formats/classification-formats.ts'
import type { RerankFormat } from '../rerank-formats/rerank-formats.ts'
import { cpu, images, marketplace, scriptEnvironment } from './published-images.ts'

/** Returns a realistic deployment of the container that a rerank format imitates. */
export function rerankDeployment(format: RerankFormat, modelName: string): Deployment {
  const deployments: Readonly<Record<RerankFormat, Deployment>> = {
    tei: { image: images.tei, environment: { HF_MODEL_ID: 'BAAI/bge-reranker-base' }, ...cpu },
    vllm: {
      image: images.vllm,
      environment: {
        SM_VLLM_MODEL: 'BAAI/bge-reranker-v2-m3',
        SM_VLLM_RUNNER: 'pooling',
        SM_VLLM_SERVED_MODEL_NAME: modelName,
      },
    },
    cohere: { modelPackageName: `${marketplace}/cohere-rerank-v4-0-pro-v1-0-12-27a435b507143f729689232ecb36c294` },
    jina: { modelPackageName: `${marketplace}/jina-reranker-v2-base-2b3c4d5e6f708192a3b4c5d6e7f8091a` },
    huggingface: {
      image: images.toolkit,
      environment: { HF_MODEL_ID: 'cross-encoder/ms-marco-MiniLM-L-6-v2', HF_TASK: 'text-ranking' },
      ...cpu,
    },
    djl: { image: images.lmi, environment: { HF_MODEL_ID: 'BAAI/bge-reranker-base', OPTION_RERANKING: 'true' } },
  }
  return deployments[format]
}

/** Returns a realistic deployment of the container that a classification format imitates. */
export function classificationDeployment(format: ClassificationFormat, modelName: string): Deployment {
  const deployments: Readonly<Record<ClassificationFormat, Deployment>> = {
    tei: { image: images.tei, environment: { HF_MODEL_ID: 'SamLowe/roberta-base-go_emotions' }, ...cpu },
    vllm: {
      image: images.vllm,
      environment: {
        SM_VLLM_MODEL: 'jason9693/Qwen2.5-1.5B-apeach',
        SM_VLLM_CONVERT: 'classify',
        SM_VLLM_SERVED_MODEL_NAME: modelName,
      },
    },
    huggingface: {
      image: images.toolkit,
      environment: {
        HF_MODEL_ID: 'distilbert/distilbert-base-uncased-finetuned-sst-2-english',
        HF_TASK: 'text-classification',
      },
      ...cpu,
    },
    jumpstart: {
      image: images.script,
      environment: scriptEnvironment,
      tags: { 'sagemaker-sdk:jumpstart-model-id': 'huggingface-tc-bert-base-uncased' },
    },
  }
  return deployments[format]
}

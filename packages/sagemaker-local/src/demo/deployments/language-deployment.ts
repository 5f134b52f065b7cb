import type { Deployment } from '../../answers/deployment.ts'
import type { LanguageFormat } from '../language-formats/language-formats.ts'
import { dlcRegistry, images, jumpstartData, marketplace, scriptEnvironment } from './published-images.ts'

/**
 * Returns a realistic deployment of the container that a format imitates. Repositories and tags as published by AWS:
 * aws/sagemaker-python-sdk `image_uri_config/*.json`, aws/deep-learning-containers `available_images.md`.
 *
 * @param modelName - Served model name, for servers that check it.
 */
export function languageDeployment(format: LanguageFormat, modelName: string, contextWindow: number): Deployment {
  const tokens = String(contextWindow)
  const deployments: Readonly<Record<LanguageFormat, Deployment>> = {
    tgi: {
      image: `${dlcRegistry}/huggingface-pytorch-tgi-inference:2.6.0-tgi3.2.3-gpu-py311-cu124-ubuntu22.04`,
      environment: { HF_MODEL_ID: 'meta-llama/Llama-3.1-8B-Instruct', SM_NUM_GPUS: '1', MAX_TOTAL_TOKENS: tokens },
    },
    openai: {
      image: images.vllm,
      environment: {
        SM_VLLM_MODEL: 'Qwen/Qwen3-8B',
        SM_VLLM_SERVED_MODEL_NAME: modelName,
        SM_VLLM_MAX_MODEL_LEN: tokens,
      },
    },
    lmi: {
      image: images.lmi,
      environment: {
        HF_MODEL_ID: 'Qwen/Qwen2.5-7B-Instruct',
        OPTION_ROLLING_BATCH: 'vllm',
        OPTION_MAX_MODEL_LEN: tokens,
      },
    },
    'lmi-async': {
      image: `${dlcRegistry}/djl-inference:0.36.0-lmi18.0.0-cu128`,
      environment: {
        HF_MODEL_ID: 'Qwen/Qwen3-8B',
        OPTION_ASYNC_MODE: 'true',
        OPTION_ROLLING_BATCH: 'disable',
        OPTION_ENTRYPOINT: 'djl_python.lmi_vllm.vllm_async_service',
        OPTION_MAX_MODEL_LEN: tokens,
      },
    },
    huggingface: {
      image: `${dlcRegistry}/huggingface-pytorch-inference:2.6.0-transformers4.51.3-gpu-py312-cu124-ubuntu22.04`,
      environment: { HF_MODEL_ID: 'openai-community/gpt2', HF_TASK: 'text-generation' },
    },
    'jumpstart-llama2': {
      image: `${dlcRegistry}/pytorch-inference:2.0.0-gpu-py310`,
      environment: scriptEnvironment,
      tags: {
        'sagemaker-sdk:jumpstart-model-id': 'meta-textgeneration-llama-2-7b-f',
        'sagemaker-sdk:jumpstart-model-version': '2.0.0',
      },
    },
    'jumpstart-text2text': {
      image: images.script,
      modelDataUrl: `${jumpstartData}-huggingface-text2text-flan-t5-xl.tar.gz`,
      environment: scriptEnvironment,
    },
    cohere: { modelPackageName: `${marketplace}/cohere-command-r-v1-0-5-15e34931a06235b7bac32dca396a970a` },
    ai21: { modelPackageName: `${marketplace}/j2-ultra-v1-1-430-95bd49ad4d3a3c09ad8d5d6a8b1c1f2e` },
    triton: {
      image: images.triton,
      environment: { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: 'ensemble', SAGEMAKER_TRITON_INFERENCE_TYPE: 'generate' },
    },
    'bedrock-compat': {
      image: `${dlcRegistry}/djl-inference:0.29.0-lmi11.0.0-cu124`,
      environment: { HF_MODEL_ID: '/opt/ml/model', OPTION_BEDROCK_COMPAT: 'true', OPTION_MAX_MODEL_LEN: tokens },
    },
  }
  return deployments[format]
}

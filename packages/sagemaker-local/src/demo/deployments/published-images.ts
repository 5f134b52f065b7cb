/** Registry of AWS's Deep Learning Containers. */
export const dlcRegistry = '763104351884.dkr.ecr.us-east-1.amazonaws.com'

/** Registry of AWS's images of Text Embeddings Inference. */
export const teiRegistry = '683313688378.dkr.ecr.us-east-1.amazonaws.com'

/** Model packages of AWS Marketplace. */
export const marketplace = 'arn:aws:sagemaker:us-east-1:865070037744:model-package'

/** Model data of JumpStart's scripts. */
export const jumpstartData = 's3://jumpstart-cache-prod-us-east-1/huggingface-infer/prepack/v1.0.0/infer-prepack'

/** Environment of JumpStart's scripts. */
export const scriptEnvironment: Readonly<Record<string, string>> = {
  SAGEMAKER_PROGRAM: 'inference.py',
  SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code',
}

/** Images that several formats share. */
export const images: Readonly<Record<'vllm' | 'lmi' | 'tei' | 'toolkit' | 'script' | 'triton', string>> = {
  vllm: `${dlcRegistry}/vllm:0.28.0-cu130-ubuntu24.04-sagemaker`,
  lmi: `${dlcRegistry}/djl-inference:0.33.0-lmi15.0.0-cu128`,
  tei: `${teiRegistry}/tei-cpu:2.0.1-tei1.8.2-cpu-py310-ubuntu22.04`,
  toolkit: `${dlcRegistry}/huggingface-pytorch-inference:2.6.0-transformers4.51.3-cpu-py312-ubuntu22.04`,
  script: `${dlcRegistry}/pytorch-inference:1.12.0-gpu-py38`,
  triton: `${dlcRegistry}/sagemaker-tritonserver:25.04-py3`,
}

/** Instance type of models that need no GPU. */
export const cpu = { instanceType: 'ml.m5.xlarge' } as const

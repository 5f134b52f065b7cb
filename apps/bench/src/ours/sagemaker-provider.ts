import { createSagemaker, type SagemakerProvider } from '@x/sagemaker-ai-sdk'
import { openai } from '@x/sagemaker-llm'
import { connection } from '../workloads/connection.ts'

/** A model of the provider, by SageMaker's own operation or by the OpenAI-compatible path. */
export function sagemakerModel(
  url: string,
  endpointName: string,
  transport: 'invoke' | 'openai',
): ReturnType<SagemakerProvider> {
  const sagemaker = createSagemaker({ ...connection, endpoint: url, transport })
  return sagemaker(endpointName, { contentHandler: openai() })
}

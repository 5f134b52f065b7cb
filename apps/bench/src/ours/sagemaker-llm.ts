import { SagemakerLLM, tgi } from '@x/sagemaker-llm'
import { connection } from '../workloads/connection.ts'

/** With the format named, as programs do that know their container. */
export function sagemakerLLM(url: string, endpointName: string): SagemakerLLM {
  return new SagemakerLLM({ ...connection, endpointName, endpoint: url, contentHandler: tgi(), maxNewTokens: 64 })
}

import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { connection } from '../workloads/connection.ts'

export function sagemakerEndpoint(url: string, endpointName: string): SagemakerEndpoint {
  return new SagemakerEndpoint({ ...connection, endpointName, endpoint: url })
}

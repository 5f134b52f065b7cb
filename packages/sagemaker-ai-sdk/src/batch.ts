export {
  experimental_createBatch,
  type Experimental_SagemakerBatch,
  type Experimental_SagemakerBatchSettings,
} from './batch/sagemaker-batch.ts'
export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
export type { LanguageModelBehavior, RetrySettings } from './contract/settings.ts'

export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
export type { CodecRequest, ModelBatchCodec, ModelCodec } from '@x/bedrock-like-types'
export type {
  AnswerLocations,
  EngineItem,
  EngineRequest,
  EngineRow,
  EngineSizes,
  EngineWork,
  JobEngine,
} from './contract/job-engine.ts'
export type { ServiceClient, ServiceConnection, ServiceOptions } from './aws/service-connection.ts'
export type {
  Completion,
  CompletionContext,
  CompletionSource,
  ListOptions,
  WatchedObjects,
  WatchedRequest,
} from './completion/completion-source.ts'
export { listPrefix, type ListPrefixOptions } from './completion/list-prefix.ts'
export { sqsQueue, type SqsQueueOptions } from './completion/sqs-queue.ts'
export type { JobResult } from './contract/job-result.ts'
export type { InputRow, JobRow, JobRows, UnreadableRow } from './contract/job-row.ts'
export type { JobState, JobStatus } from './contract/job-status.ts'
export type { JobLog, JobStore, LogChunk, StoreLock } from './contract/job-store.ts'
export { asyncEngine } from './engines/async-engine.ts'
export type { AsyncEngineOptions } from './engines/async-settings.ts'
export { realtimeEngine, type RealtimeEngineOptions } from './engines/realtime-engine.ts'
export { estimateJob, type JobEstimate } from './job/estimate-job.ts'
export { transformEngine } from './engines/transform/transform-engine.ts'
export type { TransformEngineOptions } from './engines/transform/transform-settings.ts'
export type { Job, ResultOptions } from './job/job.ts'
export type { JobOptions } from './job/job-options.ts'
export { openJob } from './job/open-job.ts'
export { startJob } from './job/start-job.ts'
export {
  openaiBatch,
  type OpenAIBatch,
  type OpenAIBatchCodecs,
  type OpenAIBatchRequest,
} from './openai/openai-batch.ts'
export { openaiBatchLine } from './openai/openai-batch-line.ts'
export { rawCodec } from './rows/raw-codec.ts'
export { jsonlRows, type JsonlRowsOptions } from './rows/jsonl-rows.ts'
export { fileStore } from './stores/file-store.ts'
export { s3Store, type S3StoreOptions } from './stores/s3-store.ts'

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
export type { JobResult } from './contract/job-result.ts'
export type { InputRow, JobRow, JobRows, UnreadableRow } from './contract/job-row.ts'
export type { JobState, JobStatus } from './contract/job-status.ts'
export type { JobLog, JobStore, LogChunk, StoreLock } from './contract/job-store.ts'
export { realtimeEngine, type RealtimeEngineOptions } from './engines/realtime-engine.ts'
export type { Job, ResultOptions } from './job/job.ts'
export type { JobOptions } from './job/job-options.ts'
export { openJob } from './job/open-job.ts'
export { startJob } from './job/start-job.ts'
export { fileStore } from './stores/file-store.ts'

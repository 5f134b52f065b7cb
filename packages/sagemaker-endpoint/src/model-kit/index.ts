/**
 * Code that the packages share: endpoint ownership, hooks, telemetry, signals, JSON readers, batches, and what clients of other
 * services of AWS need.
 *
 * @internal Not part of the public API and not covered by semantic versioning. For the packages of this repository, which depend on
 * this package by its exact version.
 *
 * @packageDocumentation
 */
export { type Hook, HookSet, runHook } from '../hooks.ts'
export {
  arrayIn,
  countIn,
  isJsonObject,
  type JsonObject,
  memberIn,
  numberIn,
  objectIn,
  parsedJson,
  stringIn,
} from '../json-fields.ts'
export type {
  BatchCacheErrorDetails,
  BatchCallbacks,
  BatchCallEvent,
  BatchConcurrencyDetails,
  BatchEndDetails,
  BatchRequestDetails,
  BatchSplitDetails,
} from './batch-callbacks.ts'
export {
  type BatchCall,
  batchCallbackListener,
  type BatchOutcome,
  type BatchProgress,
  batchTelemetryListener,
} from './batch-listeners.ts'
export {
  BatchModel,
  type BatchModelKind,
  type BatchModelOptions,
  batchModelOptionNames,
  type BatchRequestOptions,
} from './batch-model.ts'
export { type BatchCounts, BatchReport, type DoneItems } from './batch-report.ts'
export { type CallListener, CallListeners, type CallRecord, ListenedCall, type StartedCall } from './call-listeners.ts'
export { errorTypeOf } from './call-measurements.ts'
export { codecName } from './codec-name.ts'
export {
  type EndpointOrOptions,
  type ExistingEndpoint,
  modelEndpoint,
  type ModelEndpoint,
  type OptionNames,
} from './endpoint-or-options.ts'
export {
  AnswerError,
  type AnswerOrigin,
  describeShape,
  type JsonResponse,
  readJsonAnswer,
  unexpectedAnswer,
} from './json-answer.ts'
export { oneLine } from '../errors/one-line.ts'
export { isLoopback, loopbackIdentity } from '../options/loopback.ts'
export { exportsOf } from '../transports/aws-sdk/exports-of.ts'
export { type ErrorSubject, type ErrorWords, readErrorWords } from '../errors/error-words.ts'
export { jsonRequest, type JsonRequestOptions } from './json-request.ts'
export { callerSignal, type RunSignal, runSignal } from './signals.ts'
export { telemetryListener } from './telemetry-listener.ts'
export { telemetryNames, type TelemetryOperation } from './telemetry-names.ts'
export type {
  ContentTelemetryOptions,
  TelemetryCall,
  TelemetryDescription,
  TelemetryOptions,
  TelemetryOutcome,
  TelemetryTokens,
} from './telemetry-options.ts'
export type { BatchAnswer, BatchCodec, BatchRequest } from './batching/batch-codec.ts'
export { BatchEngine, type BatchEngineOptions, type BatchStream, type SourceOutcome } from './batching/batch-engine.ts'
export type { BatchSizeLimits } from './batching/batch-limits.ts'
export type { BatchObserver } from './batching/batch-observer.ts'
export type { BatchRun } from './batching/batch-run.ts'
export type { Outcome } from './batching/outcome.ts'
export { type RefusalScope, refusalScope } from './batching/refusals.ts'
export { cacheKeys, ResultCache, type ResultCacheOptions, type ResultStore } from './batching/result-cache.ts'

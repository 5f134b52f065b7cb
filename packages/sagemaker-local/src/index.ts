export { startLocalRuntime, type LocalRuntime } from './runtime/local-runtime.ts'
export type { LocalConnection, LocalCredentials, LocalServiceConnection } from './runtime/local-connection.ts'
export type { LocalRuntimeLimits, LocalRuntimeOptions } from './runtime/local-runtime-options.ts'

export type { ObjectStore } from './hosting/object-store.ts'
export { scripted, type ScriptedAnswer } from './answers/scripted.ts'
export type { LocalEndpoint } from './answers/local-endpoint.ts'
export { endpointStatuses, type Deployment, type EndpointStatus } from './answers/deployment.ts'
export type { ControlPlaneOperation, ControlPlaneOptions } from './control-plane/control-plane.ts'
export type { TransformJobOptions } from './control-plane/transform/transform-jobs.ts'
export { controlPlaneErrorNames, type ControlPlaneErrorName } from './control-plane/control-plane-error.ts'
export type { EndpointOptions } from './hosting/endpoint-options.ts'
export type { AsyncNotifications } from './hosting/notifications.ts'
export {
  body,
  containerError,
  htmlError,
  json,
  jsonLines,
  rawResponse,
  resetConnection,
  serverSentEventText,
  serviceError,
  silence,
  stream,
  text,
  type LocalAnswer,
  type AnswerInit,
  type ContainerAnswer,
  type StepLike,
  type Steps,
} from './answers/local-answer.ts'
export {
  damagedPart,
  disconnect,
  end,
  errorFrame,
  event,
  exception,
  frame,
  modelStreamError,
  part,
  parts,
  pause,
  reset,
  stall,
  wire,
  type Ending,
  type ExceptionStep,
  type Step,
} from './answers/step.ts'

export { demoLanguageModel, type DemoLanguageModelOptions } from './demo/demo-language-model.ts'
export type { LanguageFormat } from './demo/language-formats/language-formats.ts'
export { demoEmbeddingModel, type DemoEmbeddingModelOptions } from './demo/demo-embedding-model.ts'
export type { EmbeddingFormat } from './demo/embedding-formats/embedding-formats.ts'

export { demoRerankModel, type DemoRerankModelOptions } from './demo/demo-rerank-model.ts'
export type { RerankFormat } from './demo/rerank-formats/rerank-formats.ts'
export { demoClassificationModel, type DemoClassificationModelOptions } from './demo/demo-classification-model.ts'
export type { ClassificationFormat } from './demo/classification-formats/classification-formats.ts'

export { CaptureError } from './capture/capture.ts'
export { record } from './capture/record.ts'
export { replay, type ReplayOptions } from './capture/replay.ts'
export { containerProxy } from './proxy/container-proxy.ts'
export { openaiProxy, type OpenAIProxyOptions } from './proxy/openai-proxy.ts'

export {
  asyncFaultNames,
  cutNames,
  endingNames,
  refusalNames,
  type AsyncFaultName,
  type EndingName,
  type Faults,
  type PartCut,
  type RefusalName,
} from './faults/faults.ts'
export { FaultSyntaxError, faultsAttribute, parseFaults } from './faults/parse-faults.ts'
export type { SignatureRequirement } from './signing/signature-requirement.ts'
export type { BytesLike } from './answers/bytes.ts'
export type { FrameDamage } from './answers/event-stream-frame.ts'
export type { EventStreamFrame } from './answers/event-stream-frame.ts'
export type { ReceivedHeaders, ReceivedRequest, RequestOutcome } from './answers/received-request.ts'
export type { Operation } from './answers/route.ts'
export type { HttpResponse, ServiceErrorName, ServiceErrorOptions } from './answers/service-error.ts'

export { startLocalRuntime, type LocalRuntime } from './local-runtime.ts'
export type { LocalRuntimeLimits, LocalRuntimeOptions } from './local-runtime-options.ts'

export type { ObjectStore } from './async/object-store.ts'
export { scripted, type ScriptedAnswer } from './endpoints/scripted.ts'
export type { LocalEndpoint } from './endpoints/local-endpoint.ts'
export type { EndpointOptions } from './endpoints/endpoint-options.ts'
export {
  body,
  containerError,
  htmlError,
  json,
  jsonLines,
  rawResponse,
  resetConnection,
  serverSentEvents,
  serviceError,
  silence,
  stream,
  text,
  type Answer,
  type AnswerInit,
  type ContainerAnswer,
  type StepLike,
  type Steps,
} from './endpoints/answer.ts'
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
} from './endpoints/step.ts'

export { demoLanguageModel, type DemoLanguageModelOptions } from './demo/demo-language-model.ts'
export type { LanguageFormat } from './demo/formats/language-formats.ts'
export { demoEmbeddingModel, type DemoEmbeddingModelOptions } from './demo/demo-embedding-model.ts'
export type { EmbeddingFormat } from './demo/formats/embedding-formats.ts'

export { CaptureError } from './capture/capture.ts'
export { record } from './capture/record.ts'
export { replay, type ReplayOptions } from './capture/replay.ts'
export { containerProxy } from './proxy/container-proxy.ts'
export { openAiProxy, type OpenAiProxyOptions } from './proxy/openai-proxy.ts'

export {
  cutNames,
  endingNames,
  refusalNames,
  type EndingName,
  type Faults,
  type PartCut,
  type RefusalName,
} from './faults/faults.ts'
export { FaultSyntaxError, faultsAttribute, parseFaults } from './faults/parse-faults.ts'
export type { SignatureRequirement } from './signing/signature-requirement.ts'
export type { BytesLike } from './wire/bytes.ts'
export type { FrameDamage } from './wire/deliver/damaged-frame.ts'
export type { EventStreamFrame } from './wire/deliver/event-stream-frame.ts'
export type { ReceivedHeaders, ReceivedRequest, RequestOutcome } from './wire/receive/received-request.ts'
export type { Operation } from './wire/receive/route.ts'
export type { HttpResponse, ServiceErrorName, ServiceErrorOptions } from './wire/service-error.ts'

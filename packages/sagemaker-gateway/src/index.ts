export { createGateway } from './gateway/create-gateway.ts'
export type { Gateway, GatewayCloseOptions } from './gateway/gateway.ts'
export { discoverModels, type DiscoverModelsOptions } from './discovery/discover-models.ts'
export { lambdaHandler, type LambdaHandler } from './node/lambda-handler.ts'
export { serve, type GatewayServer, type ServeOptions } from './node/serve.ts'

export type { ApiKey, CorsOptions, GatewayOptions, KeepAliveOptions } from './contract/gateway-options.ts'
export type {
  EmbeddingGatewayModel,
  GatewayModel,
  GatewayModelBase,
  GatewayModelKind,
  LanguageGatewayModel,
  RerankGatewayModel,
} from './contract/gateway-model.ts'
export type { FailedModel, GatewayErrorCode, RequestRecord } from './contract/request-record.ts'

export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'

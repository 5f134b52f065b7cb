import type {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamOutput,
  SageMakerRuntime,
  SageMakerRuntimeClient,
  SageMakerRuntimeClientConfig,
} from '@aws-sdk/client-sagemaker-runtime'
import { expectTypeOf } from 'vitest'
import type { ResponseStream } from '@x/stream-core/response-stream'
import {
  payloadParts,
  type CredentialsOption,
  type RuntimeClient,
  type SagemakerEndpointOptions,
  type SagemakerError,
} from '../index.ts'

// A client of the SDK, the part of it that is used, and a fake may be passed in.
expectTypeOf<SageMakerRuntimeClient>().toExtend<RuntimeClient>()
expectTypeOf<SageMakerRuntime>().toExtend<RuntimeClient>()
expectTypeOf<Pick<SageMakerRuntimeClient, 'send'>>().toExtend<RuntimeClient>()
expectTypeOf<{ send(command: InvokeEndpointCommand): Promise<{ Body: Uint8Array }> }>().toExtend<RuntimeClient>()
expectTypeOf<{ send(command: InvokeEndpointCommand): Promise<{ Body: Uint8Array }> }>().toExtend<
  SagemakerEndpointOptions['client']
>()

// So may whatever the SDK takes as credentials, and its configuration.
expectTypeOf<NonNullable<SageMakerRuntimeClientConfig['credentials']>>().toExtend<CredentialsOption>()
expectTypeOf<SageMakerRuntimeClientConfig>().toExtend<SagemakerEndpointOptions['clientOptions']>()

// What is not known is absent, and the code is a closed list.
expectTypeOf<SagemakerError['statusCode']>().toEqualTypeOf<number | undefined>()
expectTypeOf<'throttled'>().toExtend<SagemakerError['code']>()
expectTypeOf<'unknown-code'>().not.toExtend<SagemakerError['code']>()

// The output of the SDK's streaming command fits `payloadParts`.
declare const output: InvokeEndpointWithResponseStreamOutput
expectTypeOf(payloadParts(output.Body)).toEqualTypeOf<ResponseStream<Uint8Array>>()
expectTypeOf(payloadParts(async () => output.Body)).toEqualTypeOf<ResponseStream<Uint8Array>>()

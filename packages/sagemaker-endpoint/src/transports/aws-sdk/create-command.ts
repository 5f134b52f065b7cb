import type { RuntimeSdk } from './load-runtime-sdk.ts'
import { commandInput } from './command-input.ts'
import type { RuntimeRequest } from '../../wire/runtime-request.ts'

type Command = InstanceType<RuntimeSdk['InvokeEndpointCommand']>

const commands = {
  invoke: 'InvokeEndpointCommand',
  invokeStream: 'InvokeEndpointWithResponseStreamCommand',
  invokeAsync: 'InvokeEndpointAsyncCommand',
} as const

/** The SDK's command for a request. */
export function createCommand(sdk: RuntimeSdk, request: RuntimeRequest): Command {
  const Constructor = sdk[commands[request.operation]] as unknown as new (input: object) => Command
  return new Constructor(commandInput(request))
}

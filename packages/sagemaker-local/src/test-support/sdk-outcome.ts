import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  type InvokeEndpointCommandInput,
} from '@aws-sdk/client-sagemaker-runtime'
import { scripted, startLocalRuntime, type LocalEndpoint, type LocalRuntime, type ScriptedAnswer } from '../index.ts'
import { readParts, sdkClient } from './sdk-client.ts'

/** What the bare SDK makes of an answer. */
export interface SdkOutcome {
  /** Parts that were iterated. */
  readonly parts: readonly string[]
  /** What `send()` rejected with, or what the iteration threw. */
  readonly error: SdkError | undefined
  readonly failedIn: 'send' | 'iteration' | undefined
  /** Requests that the runtime received. */
  readonly hits: number
  /** Sockets that were still in use when all was over, if the client left them so. */
  readonly socketsInUse: number
}

/** An error as the SDK raises it. */
export interface SdkError extends Error {
  readonly code?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number; readonly requestId?: string }
}

/** Streams from an endpoint with a bare client of the SDK, with its default of three attempts, and reports what came of it. */
export async function streamWithSdk(
  answer: LocalEndpoint | ScriptedAnswer | (() => ScriptedAnswer),
): Promise<SdkOutcome> {
  const endpoint = isEndpoint(answer) ? answer : scripted(typeof answer === 'function' ? answer : () => answer)
  await using runtime = await startLocalRuntime({ endpoints: { e: endpoint } })
  const outcome = await streamOnce(runtime)
  return { ...outcome, hits: runtime.requests.length, socketsInUse: runtime.activeRequests }
}

function isEndpoint(answer: unknown): answer is LocalEndpoint {
  return typeof answer === 'object' && answer !== null && 'answer' in answer
}

async function streamOnce(runtime: LocalRuntime): Promise<Pick<SdkOutcome, 'parts' | 'error' | 'failedIn'>> {
  const client = sdkClient(runtime, { maxAttempts: 3 })
  try {
    const output = await client.send(new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'e', Body: '{}' }))
    const { parts, error } = await readParts(output.Body)
    return { parts, error: error as SdkError | undefined, failedIn: error === undefined ? undefined : 'iteration' }
  } catch (error) {
    return { parts: [], error: error as SdkError, failedIn: 'send' }
  }
}

/** What `InvokeEndpoint` of the bare SDK rejects with. */
export async function invokeError(
  runtime: LocalRuntime,
  input: Partial<InvokeEndpointCommandInput> = {},
  maxAttempts = 1,
): Promise<SdkError & Record<string, unknown>> {
  const command = new InvokeEndpointCommand({
    EndpointName: 'e',
    Body: '{}',
    ContentType: 'application/json',
    ...input,
  })
  const output: unknown = await sdkClient(runtime, { maxAttempts })
    .send(command)
    .catch((error: unknown) => error)
  if (output instanceof Error) return output as SdkError & Record<string, unknown>
  throw new Error('The call did not fail.')
}

import type { CallOptions } from '@x/sagemaker-endpoint'
import { namedHandler, SagemakerLLM, type ContentHandler } from '@x/sagemaker-llm'
import type { RunEvent } from '../protocol/run-event.ts'
import type { EndpointReference, RunRequest } from '../protocol/run-request.ts'
import { CallReporter } from './call-reporter.ts'
import type { EndpointPool } from './endpoint-pool.ts'
import { toSagemakerError } from './error-event.ts'
import { EventChannel } from './event-channel.ts'
import { faultAttributes } from './faults/fault-catalogue.ts'
import { modelInput, modelOptions } from '../protocol/model-call.ts'

/** Makes one call and reports everything that happens in it, as fast as the reports are read. */
export function runCall(pool: EndpointPool, request: RunRequest, signal: AbortSignal): EventChannel<RunEvent> {
  const channel = new EventChannel<RunEvent>()
  const reporter = new CallReporter(channel, request.stream)
  call(pool, request, signal, reporter)
    .catch((error: unknown) => reporter.failed(toSagemakerError(error)))
    .finally(() => channel.close())
  return channel
}

async function call(
  pool: EndpointPool,
  request: RunRequest,
  signal: AbortSignal,
  reporter: CallReporter,
): Promise<void> {
  const llm = new SagemakerLLM({
    endpoint: pool.get(request.endpoint),
    wireObserver: reporter.wireObserver,
    ...(await handlerOf(request.endpoint)),
    ...modelOptions(request),
  })
  const options = { signal, ...reporter.callOptions, ...faultOptions(request) }
  const input = modelInput(request)
  if (!request.stream) {
    const answer = await (typeof input === 'string' ? llm.complete(input, options) : llm.chat(input, options))
    reporter.answered(answer)
    return
  }
  const stream = typeof input === 'string' ? llm.streamComplete(input, options) : llm.streamChat(input, options)
  for await (const chunk of stream) await reporter.progressed(chunk)
}

async function handlerOf({ handler }: EndpointReference): Promise<{ readonly contentHandler?: ContentHandler }> {
  return handler === undefined ? {} : { contentHandler: await namedHandler(handler) }
}

/** In the fault lab, time limits are short, so that an experiment with a silent endpoint takes seconds. */
const labTimeouts = { firstByteMs: 3_000, idleMs: 2_000 }

function faultOptions({ endpoint, fault }: RunRequest): Pick<CallOptions, 'customAttributes' | 'timeouts'> {
  if (fault === undefined || endpoint.source !== 'local') return {}
  return { customAttributes: faultAttributes(fault.id, fault.values), timeouts: labTimeouts }
}

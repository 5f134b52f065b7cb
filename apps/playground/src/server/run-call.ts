import { SagemakerError } from '@x/sagemaker-endpoint'
import { SagemakerLLM } from '@x/sagemaker-llm'
import type { RunEvent } from '../protocol/run-event.ts'
import type { RunRequest } from '../protocol/run-request.ts'
import { CallReporter } from './call-reporter.ts'
import type { EndpointPool } from './endpoint-pool.ts'
import { EventChannel } from './event-channel.ts'
import { modelInput, modelOptions } from './model-call.ts'

/** Makes one call and reports everything that happens in it, as fast as the reports are read. */
export function runCall(pool: EndpointPool, request: RunRequest, signal: AbortSignal): EventChannel<RunEvent> {
  const channel = new EventChannel<RunEvent>()
  const reporter = new CallReporter(channel)
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
  const llm = new SagemakerLLM({ endpoint: pool.get(request.endpoint), ...modelOptions(request) })
  const options = { signal, ...reporter.callOptions }
  const input = modelInput(request)
  if (!request.stream) {
    const answer = await (typeof input === 'string' ? llm.complete(input, options) : llm.chat(input, options))
    reporter.answered(answer)
    return
  }
  const stream = typeof input === 'string' ? llm.streamComplete(input, options) : llm.streamChat(input, options)
  for await (const chunk of stream) await reporter.progressed(chunk)
}

const toSagemakerError = (error: unknown): SagemakerError =>
  SagemakerError.is(error) ? error : new SagemakerError('unexpected-response', String(error), { cause: error })

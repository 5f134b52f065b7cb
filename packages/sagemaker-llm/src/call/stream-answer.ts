import type { ChatChunk } from '@x/bedrock-like-types'
import type { CallOptions, SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { AnswerDecoder } from '../parts/answer-decoder.ts'
import { textRules } from './text-rules.ts'
import { CallContext } from './call-context.ts'
import type { PreparedCall } from './prepare-call.ts'

/**
 * Sends a call and yields its answer fragment by fragment, as fast as it is asked for.
 *
 * @throws {SagemakerError} after the fragments that came before it.
 */
export async function* streamAnswer(
  endpoint: SagemakerEndpoint,
  prepared: PreparedCall,
  options: CallOptions,
  signal: AbortSignal,
): AsyncGenerator<ChatChunk, void, undefined> {
  const context = new CallContext(prepared, endpoint)
  const decoder = new AnswerDecoder({
    ...textRules(prepared.call),
    reader: prepared.handler.reader(prepared.call),
    wireObserver: prepared.wireObserver,
    origin: () => context.origin(),
    response: () => context.response(),
  })
  const anySignal = options.signal === undefined ? signal : AbortSignal.any([signal, options.signal])
  prepared.wireObserver?.onRequest?.(prepared.request)
  try {
    const parts = endpoint.invokeStream(prepared.request.body, context.callOptions(options, anySignal))
    for await (const chunk of parts.pipeDecoder(() => decoder)) yield chunk
  } catch (thrown) {
    throw decoder.failure(thrown)
  }
}

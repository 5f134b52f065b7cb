import type { ChatChunk, ChatResponse } from '@x/bedrock-like-types'
import type { CallOptions, SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { JsonSequenceDecoder } from '@x/stream-core/decoders'
import { answerDeltas } from '../contract/answer.ts'
import { answerError, errorFromThrown } from '../parts/answer-error.ts'
import { ValueDecoder } from '../parts/value-decoder.ts'
import type { WireObserver } from '../contract/wire-observer.ts'
import type { AnswerReader } from '../contract/content-handler.ts'
import { textRules } from './text-rules.ts'
import { CallContext } from './call-context.ts'
import { ResponseCollector } from '../views/collect.ts'
import type { PreparedCall } from './prepare-call.ts'

/**
 * Sends a call and returns its whole answer. A container that streams although it was not asked to is understood, too.
 *
 * @throws {SagemakerError} with what there is of the answer as `partial`.
 */
export async function wholeAnswer(
  endpoint: SagemakerEndpoint,
  prepared: PreparedCall,
  options: CallOptions,
): Promise<ChatResponse> {
  const context = new CallContext(prepared, endpoint)
  const { wireObserver } = prepared
  wireObserver?.onRequest?.(prepared.request)
  const { body, metadata } = await endpoint.invoke(prepared.request.body, context.callOptions(options, options.signal))
  wireObserver?.onPart?.(body)
  const document = parsedDocument(body)
  const decoder = new ValueDecoder({
    ...textRules(prepared.call),
    reader: document === undefined ? prepared.handler.reader(prepared.call) : documentReader(prepared),
    origin: () => context.origin(),
    response: () => context.response(metadata),
  })
  const collector = new ResponseCollector()
  const collect = (chunk: ChatChunk): void => collector.push(chunk)
  const values: unknown[] = []
  const read = (value: unknown): void => {
    values.push(value)
    decoder.push(value, collect)
  }
  try {
    if (body.length === 0) throw answerError('unexpected-response', 'the answer is empty', context.origin())
    if (document === undefined) decodeValues(body, read, wireObserver)
    else {
      wireObserver?.onValue?.(document[0], { start: 0, end: body.length })
      read(document[0])
    }
    decoder.end(collect)
    return collector.finish(document === undefined ? values : document[0])
  } catch (thrown) {
    const error = errorFromThrown(thrown, { valuesSeen: decoder.valuesSeen, isStream: false }, context.origin())
    throw error.with({ partial: decoder.partial(body.length) })
  }
}

/** The body if it is a single JSON document, within an array of its own because the document may be any value. */
function parsedDocument(body: Uint8Array): readonly [unknown] | undefined {
  try {
    return [JSON.parse(new TextDecoder().decode(body))]
  } catch {
    return undefined
  }
}

function decodeValues(body: Uint8Array, read: (value: unknown) => void, observer: WireObserver | undefined): void {
  const decoder = new JsonSequenceDecoder({ observer })
  decoder.pushEach(body, read)
  decoder.flushEach(read)
}

function documentReader({ handler, call }: PreparedCall): AnswerReader {
  return { push: (value) => answerDeltas(handler.answer(value, call)), end: () => [] }
}

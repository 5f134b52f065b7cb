import type { ChatResponse } from '@x/bedrock-like-types'
import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import type { AnswerReader } from '../contract/content-handler.ts'
import { answerDeltas } from '../contract/answer.ts'
import { startOfAnswer } from '../parts/answer-values.ts'
import type { SpinePart } from '../parts/spine-part.ts'
import { ResponseCollector } from '../views/response-collector.ts'
import type { PreparedCall } from './prepared-call.ts'

/**
 * Sends a call and returns its whole answer. A container that streams although it was not asked to is understood, too.
 *
 * @throws {SagemakerError} with what there is of the answer as `partial`.
 */
export async function wholeAnswer(endpoint: SagemakerEndpoint, prepared: PreparedCall): Promise<ChatResponse> {
  const { body, metadata } = await endpoint.invoke(prepared.request.body, prepared.send())
  prepared.received(metadata)
  return readWholeAnswer(body, prepared)
}

/**
 * Reads the body of a whole answer.
 *
 * @throws {SagemakerError} as {@link wholeAnswer}
 */
export function readWholeAnswer(body: Uint8Array, prepared: PreparedCall): ChatResponse {
  const { handler, call } = prepared
  const isText = handler.isText !== undefined && prepared.isText(startOfAnswer(body))
  const document = isText ? [textOf(body)] : parsedDocument(body)
  const collector = new ResponseCollector()
  const collect = (part: SpinePart): void => collector.push(part)
  if (document === undefined) {
    const decoder = prepared.decoder(handler.reader(call), false)
    decoder.pushEach(body, collect)
    decoder.flushEach(collect)
    return collector.response()
  }
  const reader: AnswerReader = { push: (value) => answerDeltas(handler.answer(value, call)), end: () => [] }
  prepared.decoder(reader, false).readDocument(document[0], body, collect)
  return collector.response(document[0])
}

/** The body if it is a single JSON document, within an array because the document can be any value. */
function parsedDocument(body: Uint8Array): readonly [unknown] | undefined {
  try {
    return [JSON.parse(textOf(body))]
  } catch {
    return undefined
  }
}

function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body)
}

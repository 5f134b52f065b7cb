import type { Answer } from '../../contract/answer.ts'
import { incompleteStream } from '../../contract/incomplete-stream.ts'
import { isJsonObject } from '../../contract/json-object.ts'
import type { ModelCall } from '../../contract/model-call.ts'
import { firstItem, generatedText } from './generated-text.ts'
import { generationDetails } from './generation-details.ts'

/** Reads a whole answer that has its text as `generated_text` or under a name like it, and perhaps `details`. */
export function generatedTextAnswer(body: unknown, call: ModelCall): Answer {
  const item = firstItem(body)
  const text = generatedText(body)
  const details = generationDetails(item, call)
  const error = details.find((delta) => delta.type === 'error')
  if (error !== undefined) return { text, error }
  if (text === undefined) {
    // A token is a stream that broke off after it, and stands here as if it were a document.
    const isToken = isJsonObject(item) && isJsonObject(item['token'])
    return { error: incompleteStream(isToken ? 'some' : 'foreign', '"generated_text"') }
  }
  const stop = details.find((delta) => delta.type === 'stop')
  const usage = details.find((delta) => delta.type === 'usage')
  return { text, usage: usage?.usage, rawStopReason: stop?.raw, stopReason: stop?.stopReason }
}

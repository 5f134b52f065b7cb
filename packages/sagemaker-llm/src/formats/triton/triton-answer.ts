import type { Answer } from '../../contract/answer.ts'
import { withoutEcho } from '../../contract/without-echo.ts'
import type { ModelCall } from '../../contract/model-call.ts'
import { tritonText } from './triton-text.ts'

/** Reads a whole answer of Triton. */
export function tritonAnswer(body: unknown, call: ModelCall): Answer {
  const text = tritonText(body)
  if (text === undefined) return { error: { kind: 'unreadable', message: 'the answer has no "text_output"' } }
  return { text: withoutEcho(text, call.prompt) }
}

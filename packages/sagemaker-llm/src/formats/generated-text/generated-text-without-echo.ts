import type { Answer } from '../../contract/answer.ts'
import { withoutEcho } from '../../contract/without-echo.ts'
import type { ModelCall } from '../../contract/model-call.ts'
import { generatedTextAnswer } from './generated-text-answer.ts'

/** Reads a whole answer of a script or pipeline, which may send the prompt back before what it generates. */
export function generatedTextWithoutEcho(body: unknown, call: ModelCall): Answer {
  const answer = generatedTextAnswer(body, call)
  return answer.text ? { ...answer, text: withoutEcho(answer.text, call.prompt) } : answer
}

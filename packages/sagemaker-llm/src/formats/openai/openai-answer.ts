import type { Answer } from '../../contract/answer.ts'
import { incompleteStream } from '../../contract/incomplete-stream.ts'
import { arrayIn, countIn, isJsonObject, type JsonObject } from '../../contract/json-object.ts'
import type { ToolCallFragment } from '../../contract/answer-delta.ts'
import { openaiChoiceDeltas } from './openai-choice.ts'
import { openaiUsage } from './openai-usage.ts'

/** Reads a whole chat completion or completion. Of several choices the first is the answer. */
export function openaiAnswer(body: unknown): Answer {
  const choices = arrayIn(body, 'choices').filter(isJsonObject)
  const choice = choices.find((each) => countIn(each, 'index') === 0) ?? choices[0]
  if (choice === undefined) return { error: { kind: 'unreadable', message: 'the answer has no "choices"' } }
  return { ...choiceAnswer(choice), usage: openaiUsage((body as JsonObject)['usage']) }
}

function choiceAnswer(choice: JsonObject): Answer {
  const deltas = openaiChoiceDeltas(choice)
  const stop = deltas.find((delta) => delta.type === 'stop')
  return {
    text: deltas.find((delta) => delta.type === 'text')?.text,
    reasoning: deltas.find((delta) => delta.type === 'reasoning')?.text,
    toolCalls: deltas.filter((delta): delta is ToolCallFragment => delta.type === 'tool-call'),
    rawStopReason: stop?.raw,
    stopString: stop?.stopString,
    error: deltas.find((delta) => delta.type === 'error') ?? (isLoneChunk(choice) ? brokenOff : undefined),
  }
}

const brokenOff = incompleteStream('some', 'a finish reason')

/** A stream that broke off after its first chunk, and stands here as if it were a document. */
function isLoneChunk(choice: JsonObject): boolean {
  return isJsonObject(choice['delta']) && !choice['finish_reason']
}

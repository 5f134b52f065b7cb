import type { Answer } from '../../contract/answer.ts'
import { arrayIn, isJsonObject, objectIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { modelUsage } from '../../contract/model-usage.ts'

/** Reads a whole answer of AI21's Jurassic-2: `{ prompt: { tokens }, completions: [{ data: { text, tokens }, finishReason: { reason } }] }`. */
export function ai21Answer(body: unknown): Answer {
  const [completion] = arrayIn(body, 'completions')
  const data = objectIn(completion, 'data')
  const prompt = objectIn(body, 'prompt')
  const text = stringIn(data, 'text')
  if (text === undefined) return { error: { kind: 'unreadable', message: 'the answer has no "completions"' } }
  const reason = stringIn(objectIn(completion, 'finishReason'), 'reason')
  return {
    text,
    usage: modelUsage({ inputTokens: lengthOf(prompt, 'tokens'), outputTokens: lengthOf(data, 'tokens') }, undefined),
    rawStopReason: reason,
    // Elsewhere "stop" is the natural end. Here that is "endoftext".
    stopReason: reason === 'stop' ? 'stop_sequence' : undefined,
  }
}

function lengthOf(value: unknown, member: string): number | undefined {
  return isJsonObject(value) && Array.isArray(value[member]) ? value[member].length : undefined
}

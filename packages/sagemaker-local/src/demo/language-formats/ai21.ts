import { randomUUID } from 'node:crypto'
import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { tokenize } from '../language/tokenizer.ts'
import { generateDeltas, wholeAnswer, type Delta, type DeltaOptions } from './deltas.ts'
import type { DemoSettings } from './generation.ts'
import { FieldError, fieldsOf, isObject, parseJson } from '../../answers/json-fields.ts'

const defaultMaxTokens = 16

/** AI21's Jurassic-2: `prompt` in, `completions` out, not streamed. A stop sequence is a `stop`, the natural end is `endoftext`. */
export function answerAi21(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal(parsed.error)
  try {
    if (!isObject(parsed.value)) return refusal('the body must be a JSON object')
    const fields = fieldsOf(parsed.value)
    const prompt = fields.string('prompt')
    if (prompt === undefined) return refusal('prompt: field required')
    const temperature = fields.number('temperature') ?? 0.7
    if (temperature < 0 || temperature > 1) return refusal('temperature: ensure this value is between 0 and 1')
    const options: DeltaOptions = {
      maxNewTokens: fields.integer('maxTokens') ?? defaultMaxTokens,
      temperature,
      topP: fields.number('topP') ?? 1,
      seed: settings.seed,
      stopSequences: fields.strings('stopSequences') ?? [],
    }
    return json({
      id: randomUUID(),
      prompt: {
        text: prompt,
        tokens: tokenize(prompt).map((token) => ({ generatedToken: { token, logprob: 0, raw_logprob: 0 } })),
      },
      completions: Array.from({ length: fields.integer('numResults') ?? 1 }, (_, index) =>
        completion(prompt, { ...options, seed: index === 0 ? options.seed : `${options.seed}/${index}` }),
      ),
    })
  } catch (error) {
    if (error instanceof FieldError) return refusal(error.message)
    throw error
  }
}

function completion(prompt: string, options: DeltaOptions): object {
  const { text, deltas, end } = wholeAnswer(generateDeltas(prompt, options))
  const reason = end.finishReason === 'length' ? 'length' : end.stopSequence === undefined ? 'endoftext' : 'stop'
  const length = reason === 'length' ? { length: options.maxNewTokens } : {}
  return { data: { text, tokens: deltas.map(generatedToken) }, finishReason: { reason, ...length } }
}

function generatedToken({ text, token }: Delta): object {
  return { generatedToken: { token: text, logprob: token.logprob, raw_logprob: token.logprob }, topTokens: null }
}

function refusal(detail: string): LocalAnswer {
  return containerError(422, { detail })
}

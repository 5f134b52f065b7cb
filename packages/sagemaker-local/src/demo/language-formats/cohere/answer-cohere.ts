import { randomUUID } from 'node:crypto'
import { containerError, json, stream, type LocalAnswer } from '../../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../../answers/received-request.ts'
import { generateDeltas, wholeAnswer, type Delta } from '../deltas.ts'
import { inputLength, type DemoSettings } from '../generation.ts'
import { FieldError, fieldsOf, isObject, parseJson, type JsonObject } from '../../../answers/json-fields.ts'
import { steps } from '../stream-values.ts'
import { answerCohereChat } from './chat.ts'
import { cohereFinishReason, CohereRequestError, readCohereParameters } from './parameters.ts'

/** A Cohere model of the AWS Marketplace: chat for `message`, generate for `prompt`. */
export function answerCohere(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal(`invalid request: ${parsed.error}`)
  try {
    if (isObject(parsed.value) && 'message' in parsed.value) return answerCohereChat(parsed.value, settings)
    if (isObject(parsed.value) && 'prompt' in parsed.value) return answerGenerate(parsed.value, settings)
    return refusal('invalid request: message is required.')
  } catch (error) {
    if (error instanceof CohereRequestError) return refusal(error.message)
    if (error instanceof FieldError) return refusal(`invalid request: ${error.message}`)
    throw error
  }
}

function answerGenerate(body: JsonObject, settings: DemoSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const prompt = fields.string('prompt') ?? ''
  const options = readCohereParameters(body, inputLength(prompt), settings)
  if (fields.boolean('stream')) {
    const events = steps(generateEvents(generateDeltas(prompt, options)), settings, (event) => JSON.stringify(event))
    return stream(events, { contentType: 'application/json' })
  }
  const count = fields.integer('num_generations') ?? 1
  return json({
    id: randomUUID(),
    prompt,
    generations: Array.from({ length: count }, (_, index) => {
      const seed = index === 0 ? options.seed : `${options.seed}/${index}`
      const { text, end } = wholeAnswer(generateDeltas(prompt, { ...options, seed }))
      return { id: randomUUID(), text, finish_reason: cohereFinishReason(end) }
    }),
  })
}

function* generateEvents(deltas: Iterable<Delta>): Generator<object> {
  let whole = ''
  for (const { text, end } of deltas) {
    whole += text
    if (text !== '') yield { is_finished: false, event_type: 'text-generation', text }
    if (!end) continue
    const finishReason = cohereFinishReason(end)
    const generations = [{ id: randomUUID(), text: whole, finish_reason: finishReason }]
    yield { is_finished: true, event_type: 'stream-end', finish_reason: finishReason, response: { generations } }
  }
}

function refusal(message: string): LocalAnswer {
  return containerError(400, { message })
}

import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { generateDeltas, wholeAnswer, type DeltaOptions } from './deltas.ts'
import { inputLength, type DemoSettings } from './generation.ts'
import { FieldError, fieldsOf, isObject, isStrings, parseJson, type JsonObject } from '../../answers/json-fields.ts'
import { eventStream } from './stream-values.ts'

const defaultMaxTokens = 16

/**
 * Triton with a TensorRT-LLM ensemble: the generate extension (`text_input`), streamed with `stream`, and KServe tensors (`inputs`). It reports
 * neither finish reason nor usage; the end of a stream is just its end.
 */
export function answerTriton(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal(`failed to parse the request JSON buffer: ${parsed.error}`)
  if (!isObject(parsed.value)) return refusal('failed to parse the request JSON buffer: it is no object')
  const body = parsed.value
  try {
    const envelope = { model_name: 'ensemble', model_version: '1' }
    if (Array.isArray(body['inputs'])) return answerInfer(body, tensorsOf(body['inputs']), envelope, settings)
    const prompt = body['text_input']
    if (typeof prompt !== 'string') return refusal("Unable to find 'text_input' in the request")
    const fields = { ...fieldsOf(body).object('parameters'), ...body }
    const deltas = generateDeltas(prompt, readOptions(fields, prompt, settings))
    if (fieldsOf(fields).boolean('stream')) return eventStream(chunks(deltas, envelope), settings)
    return json({ ...envelope, text_output: wholeAnswer(deltas).text })
  } catch (error) {
    if (error instanceof FieldError || error instanceof RangeError) return refusal(error.message)
    throw error
  }
}

function* chunks(deltas: ReturnType<typeof generateDeltas>, envelope: object): Generator<object> {
  for (const { text } of deltas) yield { ...envelope, text_output: text }
}

function answerInfer(body: JsonObject, tensors: JsonObject, envelope: object, settings: DemoSettings): LocalAnswer {
  const prompt = tensors['text_input']
  if (typeof prompt !== 'string') return refusal("Unable to find 'text_input' in the request")
  const { text } = wholeAnswer(generateDeltas(prompt, readOptions(tensors, prompt, settings)))
  const id = typeof body['id'] === 'string' ? { id: body['id'] } : {}
  return json({ ...id, ...envelope, outputs: [{ name: 'text_output', datatype: 'BYTES', shape: [1], data: [text] }] })
}

/** The first number or text of each tensor, by its name; all of those that are stop words. */
function tensorsOf(inputs: readonly unknown[]): JsonObject {
  return Object.fromEntries(
    inputs.filter(isObject).map(({ name, data }) => {
      const values: unknown[] = Array.isArray(data) ? data.flat(Infinity) : []
      return [String(name), name === 'stop_words' ? values : values[0]]
    }),
  )
}

function readOptions(source: JsonObject, prompt: string, settings: DemoSettings): DeltaOptions {
  const fields = fieldsOf(source)
  const stopWords = source['stop_words']
  const maxNewTokens = fields.integer('max_tokens') ?? defaultMaxTokens
  if (inputLength(prompt) + maxNewTokens > settings.contextWindow) {
    throw new RangeError(`prompt length and max_tokens must be <= ${settings.contextWindow}`)
  }
  return {
    maxNewTokens,
    temperature: fields.number('temperature') ?? 1,
    topP: fields.number('top_p'),
    topK: fields.integer('top_k') || undefined,
    seed: fields.integer('random_seed') ?? settings.seed,
    stopSequences: typeof stopWords === 'string' ? [stopWords] : isStrings(stopWords) ? stopWords : [],
  }
}

function refusal(error: string): LocalAnswer {
  return containerError(400, { error })
}

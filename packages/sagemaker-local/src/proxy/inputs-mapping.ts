import { ServerSentEventDecoder } from '@x/stream-core/decoders'
import { serverSentEvent, type Steps } from '../answers/local-answer.ts'
import { part, type Step } from '../answers/step.ts'
import { fieldsOf, isObject, parseJson, type JsonObject } from '../answers/json-fields.ts'

/** Converts a request to Text Generation Inference to a request for an OpenAI completion, without the parameters that OpenAI does not know. */
export function completionRequest(prompt: string, body: JsonObject): JsonObject {
  const parameters = parametersOf(body)
  const renamed: readonly (readonly [from: string, to: string])[] = [
    ['max_new_tokens', 'max_tokens'],
    ['temperature', 'temperature'],
    ['top_p', 'top_p'],
    ['stop', 'stop'],
    ['seed', 'seed'],
    ['frequency_penalty', 'frequency_penalty'],
  ]
  const given = renamed.flatMap(([from, to]) => (parameters[from] == null ? [] : [[to, parameters[from]] as const]))
  // OpenAI expresses greedy decoding as a temperature of 0.
  const greedy = parameters['do_sample'] === false && parameters['temperature'] == null ? { temperature: 0 } : {}
  const streaming = body['stream'] === true ? { stream: true, stream_options: { include_usage: true } } : {}
  return { prompt, ...greedy, ...Object.fromEntries(given), ...streaming }
}

/** Converts a whole completion to the format of Text Generation Inference. */
export function generatedAnswer(answer: unknown, prompt: string, body: JsonObject): object[] {
  const { text, finishReason } = choiceOf(answer)
  const generated = { generated_text: prefixOf(prompt, body) + text }
  if (parametersOf(body)['details'] !== true) return [generated]
  const details = {
    finish_reason: finishReason ?? 'eos_token',
    ...tokenCounts(answer),
    seed: null,
    prefill: [],
    tokens: [],
  }
  return [{ ...generated, details }]
}

/**
 * Converts the events of a streamed completion to those of Text Generation Inference: one per piece of text, the last with the whole text. An
 * error of the server becomes an error event. A stream that ends without a finish reason has no last event.
 */
export async function* generatedEvents(steps: Steps, prompt: string, body: JsonObject): AsyncGenerator<Step> {
  let whole = prefixOf(prompt, body)
  let index = 0
  let finishReason: string | undefined
  const counts: Record<string, number> = {}
  const event = (text: string, last: boolean): Step => {
    const details =
      last && parametersOf(body)['details'] === true ? { finish_reason: finishReason, seed: null, ...counts } : null
    const token = { id: null, text, logprob: null, special: false }
    return part(serverSentEvent({ index: (index += 1), token, generated_text: last ? whole : null, details }))
  }
  for await (const data of eventData(steps)) {
    const parsed = parseJson(data)
    // The end marker is not JSON.
    if ('error' in parsed) continue
    if (isObject(parsed.value) && 'error' in parsed.value) {
      yield part(serverSentEvent({ error: errorText(parsed.value['error']), error_type: 'generation' }))
      return
    }
    Object.assign(counts, tokenCounts(parsed.value))
    const choice = choiceOf(parsed.value)
    whole += choice.text
    if (choice.text !== '') yield event(choice.text, false)
    finishReason = choice.finishReason ?? finishReason
  }
  if (finishReason !== undefined) yield event('', true)
}

async function* eventData(steps: Steps): AsyncGenerator<string> {
  const decoder = new ServerSentEventDecoder()
  for await (const chunk of steps) {
    if (chunk instanceof Uint8Array) for (const { data } of decoder.push(chunk)) yield data
  }
  for (const { data } of decoder.flush()) yield data
}

function parametersOf(body: JsonObject): JsonObject {
  return isObject(body['parameters']) ? body['parameters'] : {}
}

function prefixOf(prompt: string, body: JsonObject): string {
  return parametersOf(body)['return_full_text'] === true ? prompt : ''
}

function choiceOf(answer: unknown): { text: string; finishReason: string | undefined } {
  const choices: unknown = isObject(answer) ? answer['choices'] : undefined
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined
  if (!isObject(first)) return { text: '', finishReason: undefined }
  const fields = fieldsOf(first)
  const reason = fields.string('finish_reason') || undefined
  const named =
    reason === 'length' ? 'length' : typeof first['stop_reason'] === 'string' ? 'stop_sequence' : 'eos_token'
  return { text: fields.string('text') ?? '', finishReason: reason && named }
}

function tokenCounts(answer: unknown): Record<string, number> {
  const usage = isObject(answer) && isObject(answer['usage']) ? answer['usage'] : {}
  const { prompt_tokens: input, completion_tokens: output } = usage
  return {
    ...(typeof output === 'number' ? { generated_tokens: output } : {}),
    ...(typeof input === 'number' ? { input_length: input } : {}),
  }
}

function errorText(error: unknown): string {
  return isObject(error) && typeof error['message'] === 'string' ? error['message'] : JSON.stringify(error)
}

/** Builds a request for OpenAI embeddings. */
export function embeddingRequest(inputs: string | readonly string[]): JsonObject {
  return { input: inputs, encoding_format: 'float' }
}

/** Returns the vectors of OpenAI embeddings, in the order of the texts. */
export function embeddingVectors(answer: unknown): unknown[] {
  const data = isObject(answer) && Array.isArray(answer['data']) ? answer['data'].filter(isObject) : []
  return data.toSorted((a, b) => Number(a['index']) - Number(b['index'])).map(({ embedding }) => embedding)
}

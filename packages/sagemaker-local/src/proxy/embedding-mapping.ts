import { isObject, type JsonObject } from '../answers/json-fields.ts'

/** What an OpenAI-compatible server is asked for texts. */
export function embeddingRequest(inputs: string | readonly string[]): JsonObject {
  return { input: inputs, encoding_format: 'float' }
}

/** The vectors of its answer, in the order of the texts. */
export function embeddingVectors(answer: unknown): unknown[] {
  const data = isObject(answer) && Array.isArray(answer['data']) ? answer['data'].filter(isObject) : []
  return data.toSorted((a, b) => Number(a['index']) - Number(b['index'])).map(({ embedding }) => embedding)
}

import type { ModelCodec } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'

/** A codec that sends every input as JSON, as it is, and reads answers as JSON: for containers with their own format. */
export function rawCodec(): ModelCodec<unknown, unknown> {
  return {
    name: 'raw',
    request: async (input) => ({
      body: new TextEncoder().encode(JSON.stringify(input)),
      contentType: 'application/json',
      accept: 'application/json',
      warnings: [],
    }),
    response: async (body) => {
      const text = new TextDecoder().decode(body)
      try {
        return JSON.parse(text)
      } catch {
        const message = 'the answer is no JSON. Write a codec for the format of the container.'
        throw new SagemakerError('unexpected-response', message, { snippet: text.slice(0, 500) })
      }
    },
  }
}

import type { ChatMessage, ModelUsage, StopReason } from '@x/bedrock-like-types'
import type { SagemakerErrorCode } from '@x/sagemaker-endpoint'
import type { ContentHandler } from '../contract/content-handler.ts'
import type { LLMCallOptions } from '../call/model-options.ts'

/** What an answer has to come out as. */
export interface ExpectedAnswer {
  readonly text: string
  readonly reasoning?: string
  readonly toolCalls?: readonly { readonly id?: string; readonly name: string; readonly input: unknown }[]
  readonly stopReason: StopReason
  readonly rawStopReason?: string | undefined
  readonly usage?: Omit<ModelUsage, 'raw'> | undefined
}

/** What a failed answer has to come out as. */
export interface ExpectedError {
  readonly code: SagemakerErrorCode
  /** Text that had arrived before. */
  readonly partialText?: string
}

/** One call, and what a container answers to it. */
export interface FixtureCase {
  readonly name: string
  readonly prompt?: string
  readonly messages?: readonly ChatMessage[]
  readonly options?: LLMCallOptions
  /** The request that has to be sent. Not looked at where it says nothing new. */
  readonly request?: (stream: boolean) => object
  /** The whole answer: a JSON value, or text as it is. */
  readonly whole?: unknown
  /**
   * HTTP status of the container's whole answer.
   *
   * @defaultValue 200
   */
  readonly status?: number
  /** The stream, byte for byte. */
  readonly stream?: string
  readonly expected?: ExpectedAnswer
  /** What differs when it was streamed. */
  readonly expectedOfStream?: Partial<ExpectedAnswer>
  readonly error?: ExpectedError
  readonly errorOfStream?: ExpectedError
  /**
   * `auto()` reads it, too, although it would not have sent this request.
   *
   * @defaultValue true
   */
  readonly autoReads?: boolean
}

/** A container: how it is spoken to, and what it says. */
export interface ContainerFixture {
  readonly name: string
  readonly handler: ContentHandler
  /**
   * Whether a stream that ends too early can be told from one that ended.
   *
   * @defaultValue true
   */
  readonly marksItsEnd?: boolean
  readonly cases: readonly FixtureCase[]
}

/** Values as server-sent events; a string stands as it is. */
export function events(...values: readonly unknown[]): string {
  return values.map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`).join('')
}

/** Values as JSON lines. */
export function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}

/** Token counts. */
export function counts(inputTokens: number | undefined, outputTokens: number | undefined): Omit<ModelUsage, 'raw'> {
  const both = inputTokens !== undefined && outputTokens !== undefined
  return { inputTokens, outputTokens, totalTokens: both ? inputTokens + outputTokens : undefined }
}

export const weatherTool = {
  toolSpec: {
    name: 'get_weather',
    description: 'Weather by city',
    inputSchema: { json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
  },
}

export const question: readonly ChatMessage[] = [
  { role: 'system', content: 'Answer briefly.' },
  { role: 'user', content: 'How is the weather in Zürich?' },
]

export const openaiQuestion = [
  { role: 'system', content: 'Answer briefly.' },
  { role: 'user', content: 'How is the weather in Zürich?' },
]

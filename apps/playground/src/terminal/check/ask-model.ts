import type {
  ChatChunk,
  ChatResponse,
  CompletionChunk,
  CompletionResponse,
  GenerationOptions,
  ModelUsage,
  StopReason,
} from '@x/sagemaker-llm'
import { suggestedLanguageModel } from '../doctor/suggested-model.ts'
import type { KnownSubject } from './subject.ts'

/** Makes most models repeat characters of several bytes, which shows whether cuts inside them are handled. */
export const countingPrompt = 'Go on counting in English and in Chinese: one 一, two 二, three 三, four 四,'

export interface Question extends GenerationOptions {
  readonly prompt?: string
  readonly stream?: boolean
}

/** An answer with the bytes it came in. */
export interface RecordedAnswer {
  readonly text: string
  readonly hasReasoning: boolean
  readonly toolInputs: readonly unknown[]
  readonly stopReason: StopReason | undefined
  readonly usage: ModelUsage | undefined
  /** Options that the container has no parameter for. */
  readonly warnings: readonly string[]
  /** Bytes as they arrived, and when, in milliseconds since the call began. */
  readonly parts: readonly { readonly atMs: number; readonly bytes: Uint8Array }[]
  /** Fragments of text or reasoning. */
  readonly fragments: number
  readonly durationMs: number
}

/**
 * Asks the model once, and keeps everything that came back.
 *
 * @throws {SagemakerError}
 */
export async function askModel(subject: KnownSubject, question: Question = {}): Promise<RecordedAnswer> {
  const { prompt = countingPrompt, stream = false, ...options } = question
  const parts: { atMs: number; bytes: Uint8Array }[] = []
  const startedAt = performance.now()
  const llm = await suggestedLanguageModel(subject, {
    wireObserver: {
      onPart: (bytes) => parts.push({ atMs: performance.now() - startedAt, bytes: Uint8Array.from(bytes) }),
    },
  })
  const call = { maxNewTokens: 64, temperature: 0, ...options, signal: subject.signal }
  const takesPrompt = subject.suggestion.call === 'complete'
  const messages = [{ role: 'user', content: prompt }] as const
  const read = stream
    ? await collectChunks(takesPrompt ? llm.streamComplete(prompt, call) : llm.streamChat(messages, call))
    : wholeAnswer(await (takesPrompt ? llm.complete(prompt, call) : llm.chat(messages, call)))
  return { ...read, parts, durationMs: performance.now() - startedAt }
}

type ReadAnswer = Omit<RecordedAnswer, 'parts' | 'durationMs'>

function wholeAnswer(answer: ChatResponse | CompletionResponse): ReadAnswer {
  return {
    text: answer.text,
    hasReasoning: 'reasoning' in answer && answer.reasoning !== undefined,
    toolInputs: 'toolCalls' in answer ? answer.toolCalls.map(({ input }) => input) : [],
    stopReason: answer.stopReason,
    usage: answer.usage,
    warnings: answer.response.warnings.map(({ message }) => message),
    fragments: 1,
  }
}

async function collectChunks(chunks: AsyncIterable<ChatChunk | CompletionChunk>): Promise<ReadAnswer> {
  let last: ChatChunk | CompletionChunk | undefined
  let fragments = 0
  let hasReasoning = false
  const toolTexts: string[] = []
  for await (const chunk of chunks) {
    last = chunk
    const { reasoningDelta, toolCallDelta } = chunk as Partial<ChatChunk>
    hasReasoning ||= reasoningDelta !== undefined
    if (chunk.delta !== '' || reasoningDelta !== undefined) fragments++
    if (toolCallDelta !== undefined)
      toolTexts[toolCallDelta.index] = `${toolTexts[toolCallDelta.index] ?? ''}${toolCallDelta.input ?? ''}`
  }
  return {
    text: last?.text ?? '',
    hasReasoning,
    toolInputs: toolTexts.map(jsonOrText),
    stopReason: last?.stopReason,
    usage: last?.usage,
    warnings: last?.response?.warnings.map(({ message }) => message) ?? [],
    fragments,
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

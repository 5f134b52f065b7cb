import type { ChatResponse, CompletionResponse } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { CallListeners, type ContentTelemetryOptions, type ListenedCall } from '@x/sagemaker-endpoint/model-kit'
import type { Decoder } from '@x/stream-core/decoders'
import { ResponseStream } from '@x/stream-core/response-stream'
import type { SpinePart } from '../parts/spine-part.ts'
import { ChatChunks } from '../views/chat-chunks.ts'
import { ResponseCollector } from '../views/response-collector.ts'
import type { LLMCall, LLMOutcome, LLMProgress } from './llm-call.ts'
import { callbackListener, type LLMCallbacks } from './llm-callbacks.ts'
import { llmTelemetryListener } from './telemetry.ts'

/** A call that callbacks and telemetry see. */
export type ListenedLLMCall = ListenedCall<LLMProgress, LLMOutcome>

/** The listeners of a model object. */
export type LLMCallListeners = CallListeners<LLMCall, LLMProgress, LLMOutcome>

/** Makes the listeners of a model object. Callbacks run in the context of the span. */
export function llmCallListeners(options: {
  readonly callbacks?: LLMCallbacks | undefined
  readonly telemetry?: ContentTelemetryOptions | undefined
}): LLMCallListeners {
  const { callbacks, telemetry } = options
  return new CallListeners(telemetry && llmTelemetryListener(telemetry), callbacks && callbackListener(callbacks))
}

/** Runs a call whose answer comes whole, in the contexts of its listeners. */
export async function listenToWhole<T extends ChatResponse | CompletionResponse>(
  call: ListenedLLMCall,
  run: () => Promise<T>,
): Promise<T> {
  try {
    const answer = await call.within(run)
    const { text, stopReason, rawStopReason, usage, response, raw } = answer
    const { reasoning, toolCalls } = 'toolCalls' in answer ? answer : { reasoning: undefined, toolCalls: [] }
    call.end({ aborted: false, text, reasoning, toolCalls, stopReason, rawStopReason, usage, response, raw })
    return answer
  } catch (error) {
    if (SagemakerError.is(error) && error.code === 'aborted') call.end(leftOutcome(new ResponseCollector()))
    else call.fail(error)
    throw error
  }
}

/**
 * A stream whose every run is a call that listeners see, from inside its chain of decoders.
 *
 * @param start - Starts a call.
 * @param open - Opens its parts.
 * @param view - What the consumer gets of them.
 */
export function listenToStream<T>(
  start: () => ListenedLLMCall,
  open: (call: ListenedLLMCall) => Promise<ResponseStream<SpinePart>>,
  view: () => Decoder<SpinePart, T>,
): ResponseStream<T> {
  return ResponseStream.from<T>(async (left) => {
    const call = start()
    const listener = new PartListener(call)
    left.addEventListener('abort', () => listener.leave(), { once: true })
    try {
      const parts = await call.within(() => open(call))
      return parts.pipeDecoder(() => listener).pipeDecoder(view)
    } catch (error) {
      throw listener.fail(error)
    }
  })
}

/** Shows the listeners of a call the parts of its answer, which pass through unchanged. */
class PartListener implements Decoder<SpinePart, SpinePart> {
  readonly #call: ListenedLLMCall
  readonly #chunks = new ChatChunks()
  readonly #collector = new ResponseCollector()
  #chunkCount = 0

  constructor(call: ListenedLLMCall) {
    this.#call = call
  }

  push(part: SpinePart): readonly SpinePart[] {
    this.#collector.push(part)
    for (const { delta, reasoningDelta, toolCallDelta, stopReason } of this.#chunks.push(part)) {
      const addsNothing = delta === '' && reasoningDelta === undefined && toolCallDelta === undefined
      if (stopReason !== undefined || addsNothing) continue
      this.#call.progress({ index: this.#chunkCount, delta, reasoningDelta, toolCallDelta })
      this.#chunkCount++
    }
    return [part]
  }

  flush(): readonly SpinePart[] {
    const { text, reasoning, toolCalls, finish } = this.#collector
    const { stopReason, rawStopReason, usage, response } = finish ?? {}
    const raw = this.#collector.raw.at(-1)
    this.#call.end({ aborted: false, text, reasoning, toolCalls, stopReason, rawStopReason, usage, response, raw })
    return []
  }

  fail(error: unknown): unknown {
    if (SagemakerError.is(error) && error.code === 'aborted') this.leave()
    else this.#call.fail(error)
    return error
  }

  /** The caller has left the call before its end. */
  leave(): void {
    this.#call.end(leftOutcome(this.#collector))
  }
}

function leftOutcome({ text, reasoning, toolCalls, raw }: ResponseCollector): LLMOutcome {
  return {
    aborted: true,
    text,
    reasoning,
    toolCalls,
    stopReason: undefined,
    rawStopReason: undefined,
    usage: undefined,
    response: undefined,
    raw: raw.at(-1),
  }
}

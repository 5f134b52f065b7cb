import { randomUUID } from 'node:crypto'
import { telemetryListener, type TelemetryOptions } from '../telemetry/telemetry-listener.ts'
import { callbackListener, type LLMCallbacks } from '../callbacks/llm-callbacks.ts'
import type {
  CallListener,
  CallObserver,
  CallRecord,
  ObservableSource,
  StartedCall,
} from '../callbacks/call-listener.ts'
import { CallProgress } from '../callbacks/call-progress.ts'
import { ObservedIterator } from '../callbacks/observed-iterator.ts'

/** Whoever wants to know about calls. */
export interface ObserverOptions {
  readonly callbacks?: LLMCallbacks | undefined
  readonly telemetry?: TelemetryOptions | undefined
}

/** Makes the observer of a model object. Where nobody wants to know anything, calls run as if there was none. */
export function createCallObserver({ callbacks, telemetry }: ObserverOptions): CallObserver {
  // Telemetry is outermost, so that callbacks run in the context of the span.
  const listeners = [telemetry && telemetryListener(telemetry), callbacks && callbackListener(callbacks)].filter(
    (listener) => listener !== undefined,
  )
  if (listeners.length === 0) return { call: (_call, run) => run(), stream: (_call, source) => source }
  return {
    call: (call, run) =>
      begin(listeners, { ...call, callId: randomUUID() }, async (progress) => {
        try {
          const answer = await run()
          progress.answer(answer)
          return answer
        } catch (error) {
          progress.fail(error)
          throw error
        }
      }),
    stream: (call, source) => (signal) =>
      new ObservedIterator(() =>
        begin(listeners, { ...call, callId: randomUUID() }, (progress) => {
          const opened = openIterator(source, signal)
          return { progress, opened, first: opened.then((iterator) => iterator.next()) }
        }),
      ),
  }
}

async function openIterator<T>(source: ObservableSource<T>, signal: AbortSignal): Promise<AsyncIterator<T>> {
  return (await source(signal))[Symbol.asyncIterator]()
}

/** Tells the listeners, one within the other, that a call begins, and runs its beginning within the last. */
function begin<R>(
  listeners: readonly CallListener[],
  call: StartedCall,
  run: (progress: CallProgress) => R,
  records: readonly CallRecord[] = [],
): R {
  const [listener, ...others] = listeners
  if (listener === undefined) return run(new CallProgress(records))
  return listener.begin(call, (record) => begin(others, call, run, [...records, record]))
}

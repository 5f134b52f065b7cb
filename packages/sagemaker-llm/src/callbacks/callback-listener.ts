import type { CallListener } from './call-listener.ts'
import type { CallEvent, LLMCallbacks } from './llm-callbacks.ts'

/** Calls the user's callbacks. Nothing that they do gets through to the call. */
export function callbackListener(callbacks: LLMCallbacks): CallListener {
  const reported = new Set<keyof LLMCallbacks>()
  const report = (name: keyof LLMCallbacks, thrown: unknown): void => {
    if (reported.has(name)) return
    reported.add(name)
    const warning = new Error(`The callback ${name} has thrown: ${describe(thrown)}`, { cause: thrown })
    warning.name = 'SagemakerCallbackWarning'
    process.emitWarning(warning)
  }
  const notify = <E>(name: keyof LLMCallbacks, callback: ((event: E) => unknown) | undefined, event: E): void => {
    try {
      const result = callback?.(event)
      if (result instanceof Promise) result.catch((thrown: unknown) => report(name, thrown))
    } catch (thrown) {
      report(name, thrown)
    }
  }
  return {
    begin: (call, run) => {
      const { callId, operation, endpointName, modelName, input, options } = call
      const base: CallEvent = { callId, operation, endpointName, modelName }
      notify('onStart', callbacks.onStart, { ...base, input, options })
      return run({
        token: (token) => notify('onToken', callbacks.onToken, { ...base, ...token }),
        end: ({ raw: _raw, ...outcome }) => notify('onEnd', callbacks.onEnd, { ...base, ...outcome }),
        fail: (error, timings) => notify('onError', callbacks.onError, { ...base, error, timings }),
      })
    },
  }
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : typeof thrown
}

import type { AnalysisInput, AnalysisName, AnalysisOutput, AnalysisReply } from './analysis-task.ts'
// oxlint-disable-next-line import/default -- the bundler makes this module, and its default export is the address
import workerUrl from './analysis-worker.ts?worker&url'

/** The part of Trusted Types that is needed here; browsers without them take the address as it is. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): URL }
}

const trustedTypes = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes
const policy = trustedTypes?.createPolicy('playground-worker', {
  createScriptURL: (url) => {
    if (url !== workerUrl) throw new TypeError(`${url} is not the worker of this page.`)
    return url
  },
})

export interface AnalysisOptions {
  /** Ends the work at once. */
  readonly signal: AbortSignal
  /** Told the share of the work that is done, where that is known. */
  readonly onProgress?: ((share: number) => void) | undefined
}

/**
 * Does a task in its own worker, so that the page stays fluid and a task can be ended in the middle.
 *
 * @throws the signal's reason when it was aborted; an error when the worker failed.
 */
export function runAnalysis<Name extends AnalysisName>(
  name: Name,
  input: AnalysisInput<Name>,
  { signal, onProgress }: AnalysisOptions,
): Promise<AnalysisOutput<Name>> {
  signal.throwIfAborted()
  const worker = new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module' })
  const work = new Promise<AnalysisOutput<Name>>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    worker.addEventListener('error', ({ message }) => reject(new Error(message || 'The worker could not be started.')))
    worker.addEventListener('message', ({ data }: MessageEvent<AnalysisReply>) => {
      if ('share' in data) onProgress?.(data.share)
      else resolve(data.output)
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none; that is for windows
    worker.postMessage({ name, input })
  })
  return work.finally(() => worker.terminate())
}

import { SagemakerError } from '@x/sagemaker-endpoint'

/** @throws {SagemakerError} `aborted` if the signal aborts first. */
export async function waitFor(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work
  const aborted = (): SagemakerError =>
    new SagemakerError('aborted', 'waiting was aborted; the job goes on.', { cause: signal.reason })
  if (signal.aborted) throw aborted()
  let stop = (): void => {}
  const abort = new Promise<never>((_, reject) => {
    stop = () => reject(aborted())
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    await Promise.race([work, abort])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

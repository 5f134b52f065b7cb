import { SagemakerError } from '@x/sagemaker-endpoint'
import type { AnswerLocations, EngineRequest, EngineWork } from '../contract/job-engine.ts'
import type { AsyncSettings } from './async-settings.ts'
import { requestFor } from './row-requests.ts'

/** Requests whose answers lie in one folder: as many as a listing has on one page. */
const requestsPerFolder = 1000

/** Queues requests at an asynchronous endpoint. */
export class AsyncSender<I, O> {
  readonly #settings: AsyncSettings
  readonly #work: EngineWork<I, O>
  readonly #signal: AbortSignal

  constructor(settings: AsyncSettings, work: EngineWork<I, O>, signal: AbortSignal) {
    this.#settings = settings
    this.#work = work
    this.#signal = signal
  }

  /**
   * Resolves when the request was accepted. Sent twice, a request writes its answer to the same object.
   *
   * @throws {SagemakerError} `payload-too-large` for a body that is too long to be sent inline, without a folder for inputs
   */
  async send({ name, rows }: EngineRequest<I>): Promise<AnswerLocations> {
    const { endpoint, requestTtlSeconds, invocationTimeoutSeconds } = this.#settings
    const { codec, jobId } = this.#work
    const { body, contentType, accept, customAttributes } = await requestFor(codec, rows)
    const settings = {
      filename: `${name}.out`,
      outputPathExtension: `${jobId}/${Math.floor(Number(name) / requestsPerFolder)}`,
      requestTtlSeconds,
      invocationTimeoutSeconds,
    }
    const inferenceId = `${jobId}-${name}`
    const callOptions = { contentType, accept, customAttributes, inferenceId, signal: this.#signal }
    const input = await this.#input(name, body)
    const { outputLocation, failureLocation } = await endpoint.invokeAsync({ ...settings, ...input }, callOptions)
    return { output: outputLocation, failure: failureLocation }
  }

  async #input(
    name: string,
    body: Uint8Array,
  ): Promise<{ readonly body: Uint8Array } | { readonly inputLocation: string }> {
    const { input, maxInlineBytes, objects } = this.#settings
    if (body.length <= maxInlineBytes) return { body }
    if (input === undefined) {
      const message = `the request has ${body.length} bytes, and at most ${maxInlineBytes} are sent inline. Set the option input to a folder in S3.`
      throw new SagemakerError('payload-too-large', message)
    }
    const inputLocation = `${input}${this.#work.jobId}/${name}`
    await objects.put(inputLocation, body, undefined, this.#signal)
    return { inputLocation }
  }
}
